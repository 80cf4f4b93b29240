"""Who may do what with frameworks, evaluations, sheets and dossiers."""

from evaluations.enums import SheetState, SignatureRole
from evaluations.models import Dossier, Evaluation, ExperienceSheet
from structures.models import Membership
from structures.permissions import can_direct, can_manage_team, can_train, is_of_team
from trainees.models import Enrollment


def can_edit_frameworks(user) -> bool:
    return user.is_certifier


def can_evaluate(user, enrollment: Enrollment) -> bool:
    return can_train(user, enrollment.structure)


def can_void_evaluation(user, evaluation: Evaluation) -> bool:
    """The person who evaluated, while they still train there, and the director of the structure."""
    structure = evaluation.enrollment.structure
    if evaluation.evaluator_id == user.pk and can_train(user, structure):
        return True
    return can_direct(user, structure)


def can_write_sheet(user, enrollment: Enrollment) -> bool:
    """The trainee, or a member of the team for them."""
    return enrollment.trainee.user_id == user.pk or is_of_team(user, enrollment.structure)


def can_change_sheet(user, sheet: ExperienceSheet) -> bool:
    return sheet.state == SheetState.DRAFT and can_write_sheet(user, sheet.enrollment)


def can_validate_sheet(user, sheet: ExperienceSheet) -> bool:
    return can_train(user, sheet.enrollment.structure)


def can_sign_dossier(user, enrollment: Enrollment, role: str, *, in_presence: bool = False) -> bool:
    """Each for themselves; the trainee from their own account, or on the device of a trainer beside them."""
    if role == SignatureRole.DIRECTOR:
        return can_direct(user, enrollment.structure)
    if role == SignatureRole.TRAINER or in_presence:
        return can_train(user, enrollment.structure)
    return enrollment.trainee.user_id == user.pk


def can_seal_dossier(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_read_dossiers(user) -> bool:
    """The list of every dossier is the certifier's; a team finds its own on the page of each enrolment."""
    return user.is_certifier


def can_examine_dossier(user, dossier: Dossier) -> bool:
    return user.is_certifier


def can_transfer_crew(user, membership: Membership) -> bool:
    """The direction and the certifier for any crew; a person for their own."""
    return can_manage_team(user, membership.structure) or membership.user_id == user.pk
