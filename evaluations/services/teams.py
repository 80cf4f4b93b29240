"""The transfer of a crew from somebody who leaves a team to a colleague, in one transaction."""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.formats import counted, joined, shortdate
from core.services.journal import record
from evaluations.enums import SheetState
from evaluations.models import ExperienceSheet
from structures.enums import EVALUATING_ROLES
from structures.models import Membership, Structure
from structures.services.team import end_membership
from trainees.models import Enrollment, TrainingSession


@dataclass
class Workload:
    """What a person is in charge of in one structure: open enrolments as referent, planned sessions, drafts of sheets.

    `clashes` are the planned sessions that the successor cannot take over.
    """

    enrollments: list[Enrollment]
    sessions: list[TrainingSession]
    sheets: list[ExperienceSheet]
    clashes: list[TrainingSession] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.enrollments or self.sessions or self.sheets)

    @property
    def sentence(self) -> str:
        parts = [
            counted(len(self.enrollments), "parcours,parcours"),
            counted(len(self.sessions), "séance prévue,séances prévues"),
            counted(len(self.sheets), "fiche en brouillon,fiches en brouillon"),
        ]
        return joined(
            part
            for part, rows in zip(parts, (self.enrollments, self.sessions, self.sheets), strict=True)
            if rows
        )


def read_workload(*, structure: Structure, user: User, successor: User | None = None) -> Workload:
    """What `user` would leave behind in the structure, in 3 queries, and one more with a successor."""
    workload = Workload(
        enrollments=list(
            Enrollment.objects.open().filter(structure=structure, referent=user).with_people().order_by("pk")
        ),
        sessions=list(
            TrainingSession.objects.planned()
            .filter(structure=structure, trainer=user)
            .order_by("held_on", "starts_at")
        ),
        sheets=list(
            ExperienceSheet.objects.filter(
                enrollment__structure=structure, written_by=user, state=SheetState.DRAFT
            )
            .exclude(enrollment__trainee__user=user)
            .select_related("enrollment__trainee")
            .order_by("pk")
        ),
    )
    if successor and workload.sessions:
        workload.clashes = _clashes(workload.sessions, successor)
    return workload


@transaction.atomic
def transfer_crew(*, membership: Membership, successor: User, ends_role: bool, by: User) -> Workload:
    """Pass a person's enrolments, planned sessions and drafts of one structure to somebody else of its team.

    What was done keeps the name of who did it: evaluations, held sessions and validated sheets do not
    move. With `ends_role` the person leaves that role in the same act. Refused: a successor who does not
    train there or is the same person, a planned session that falls on another of the successor's, and
    nothing to pass when the role goes on.
    """
    structure = Structure.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.structure_id)
    current = Membership.objects.current().filter(structure=structure)
    leaver = current.select_related("user").filter(pk=membership.pk).first()
    if leaver is None:
        raise StaleState("Cette personne a déjà quitté ce rôle. Rechargez la page de la structure.")
    if successor.pk == leaver.user_id:
        raise DomainError("On passe la main à quelqu’un d’autre. Choisissez une autre personne de l’équipe.")
    if not current.filter(user=successor, role__in=EVALUATING_ROLES).exists():
        raise DomainError(
            f"{successor} n’encadre ni n’accompagne à {structure} aujourd’hui. Choisissez quelqu’un de "
            "l’équipe, ou ajoutez d’abord cette personne."
        )
    _lock(structure, leaver.user, successor)
    workload = read_workload(structure=structure, user=leaver.user, successor=successor)
    _refuse_clashes(workload.clashes, successor)
    if workload.is_empty and not ends_role:
        raise DomainError(f"{leaver.user} ne suit rien ni personne ici : il n’y a rien à passer.")
    Enrollment.objects.filter(pk__in=[row.pk for row in workload.enrollments]).update(referent=successor)
    TrainingSession.objects.filter(pk__in=[row.pk for row in workload.sessions]).update(trainer=successor)
    ExperienceSheet.objects.filter(pk__in=[row.pk for row in workload.sheets]).update(written_by=successor)
    for enrollment in workload.enrollments:
        record(
            action="trainees.referent.changed",
            subject=enrollment,
            by=by,
            summary=f"{successor} devient référent de {enrollment.trainee}, à la suite de {leaver.user}",
            topic_id=enrollment.pk,
        )
    if ends_role:
        end_membership(membership=leaver, by=by)
    if not workload.is_empty:
        record(
            action="evaluations.crew.transferred",
            subject=leaver,
            by=by,
            summary=f"{leaver.user} passe la main à {successor} : {workload.sentence}",
            data={
                "enrollments": [str(row.pk) for row in workload.enrollments],
                "sessions": [str(row.pk) for row in workload.sessions],
                "sheets": [str(row.pk) for row in workload.sheets],
            },
            topic_id=structure.pk,
        )
    return workload


def _lock(structure: Structure, leaver: User, successor: User) -> None:
    """Lock the two people and every open enrolment of the leaver until the commit."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[leaver.pk, successor.pk]).order_by("pk"))
    enrollments = Enrollment.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(enrollments.filter(structure=structure, referent=leaver))


def _clashes(sessions: list[TrainingSession], successor: User) -> list[TrainingSession]:
    """Those of `sessions` that overlap a session the successor leads."""
    own = TrainingSession.objects.held() | TrainingSession.objects.planned()
    theirs = list(own.filter(trainer=successor, held_on__in={session.held_on for session in sessions}))
    return [
        session
        for session in sessions
        if any(
            other.held_on == session.held_on
            and other.starts_at < session.ends_at
            and other.ends_at > session.starts_at
            for other in theirs
        )
    ]


def _refuse_clashes(clashes: list[TrainingSession], successor: User) -> None:
    if clashes:
        days = joined(f"« {session.theme} » le {shortdate(session.held_on)}" for session in clashes)
        raise DomainError(
            f"{successor} anime déjà une autre séance aux mêmes heures que {days}. Changez l’heure ou la "
            "personne de ces séances, puis passez la main."
        )
