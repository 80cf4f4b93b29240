"""Who may do what with trainees and their enrolments."""

from structures.enums import Role
from structures.permissions import can_direct, can_train, is_of_team, roles_of
from trainees.models import Enrollment


def can_read_crews(user) -> bool:
    """The lists of trainees and of sessions are for the teams and for the certifier."""
    return user.is_certifier or bool(roles_of(user) & set(Role.values))


def can_read_enrollment(user, enrollment: Enrollment) -> bool:
    """What the team writes about an enrolment: its plan, its identity. Its own trainee reads their hours alone."""
    return user.is_certifier or is_of_team(user, enrollment.structure)


def can_plan_hours(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_log_sessions(user, structure) -> bool:
    return can_train(user, structure)


def can_correct_sessions(user, structure) -> bool:
    """Those who log sessions correct them, and so does the direction."""
    return is_of_team(user, structure)


def can_close_month(user, enrollment: Enrollment) -> bool:
    return is_of_team(user, enrollment.structure)


def can_reopen_month(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_arrange_immersion(user, enrollment: Enrollment) -> bool:
    return is_of_team(user, enrollment.structure)


def can_change_identity(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_change_contract(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_change_referent(user, enrollment: Enrollment) -> bool:
    return can_direct(user, enrollment.structure)


def can_open_account(user, enrollment: Enrollment) -> bool:
    """Anybody of the team may invite a trainee to open their own account."""
    return is_of_team(user, enrollment.structure)


def can_end_enrollment(user, enrollment: Enrollment) -> bool:
    """Pause, resume and leave are the director's acts."""
    return can_direct(user, enrollment.structure)


def can_transfer(user, enrollment: Enrollment) -> bool:
    """A move to another structure is the certifier's act: neither director can take a trainee alone."""
    return user.is_certifier
