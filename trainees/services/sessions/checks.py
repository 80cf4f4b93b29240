"""Checks of a session and its roll, shared by planning, logging and corrections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import hours, joined, shortdate, timeofday
from structures.enums import EVALUATING_ROLES
from structures.models import Membership, Structure
from trainees.enums import OPEN_STATES, AbsenceReason, SessionKind, SessionPlace, SessionState, TrainingModule
from trainees.models import Attendance, Enrollment, MonthClosing, Pause, TrainingSession
from trainees.models.enrollments.enrollment import EnrollmentQuerySet
from trainees.services.locks import refuse_future

LONGEST_MINUTES = 10 * 60
LONGEST_THEME = 160
ONE_PERSON = "Une séance individuelle réunit une seule personne. Choisissez « collective »."


@dataclass(frozen=True)
class Slot:
    """When, where, on what and by whom one session is given."""

    trainer: User
    held_on: date
    starts_at: time
    ends_at: time
    place: str
    kind: str
    module: str
    theme: str

    def apply_to(self, session: TrainingSession) -> TrainingSession:
        """Set the slot on a session, which is not saved."""
        for name, value in vars(self).items():
            setattr(session, name, value)
        session.theme = self.theme.strip()
        return session


@dataclass(frozen=True)
class Presence:
    """One trainee at one session: the minutes they were there, or 0 and the reason of their absence.

    Only the id of `enrollment` is used: the row is read again, and locked.
    """

    enrollment: Enrollment
    minutes: int
    absence: str = ""


def check_slot(session: TrainingSession) -> None:
    """Refuse hours, words or choices that no session can have, whatever its day."""
    if session.ends_at <= session.starts_at:
        raise DomainError("La séance finit avant d’avoir commencé. Vérifiez les deux heures.")
    if session.length_minutes > LONGEST_MINUTES:
        raise DomainError("Une séance ne dépasse pas 10 heures. Faites-en deux, ou vérifiez les heures.")
    if not session.theme:
        raise DomainError("Donnez le thème de la séance : la feuille d’émargement le porte.")
    if len(session.theme) > LONGEST_THEME or "\x00" in session.theme:
        raise DomainError(f"Le thème s’écrit en {LONGEST_THEME} caractères au plus, en texte simple.")
    known = ((session.place, SessionPlace), (session.kind, SessionKind), (session.module, TrainingModule))
    if any(value not in choices.values for value, choices in known):
        raise DomainError(
            "Le lieu, la forme ou le module de la séance n’existe pas. Choisissez-les de nouveau."
        )


def check_held(session: TrainingSession) -> None:
    """Refuse what cannot have taken place."""
    refuse_future(session.held_on, clock.today(), "Une séance")
    check_slot(session)


def lock_trainer(session: TrainingSession, *, by: User | None = None) -> None:
    """Lock the trainer's account until the commit; refused when they did not train there that day.

    With `by`, that person must train in the structure today as well.
    """
    people = [session.trainer_id, *([by.pk] if by else [])]
    memberships = list(
        Membership.objects.filter(structure=session.structure_id, user__in=people, role__in=EVALUATING_ROLES)
        .select_related("user")
        .select_for_update(of=("user",), no_key=True)
        .order_by("user", "pk")
    )
    if by and not any(membership.user_id == by.pk and _is_current(membership) for membership in memberships):
        raise DomainError(
            f"Vous n’encadrez pas à {session.structure} : ses séances sont notées par son équipe."
        )
    if not any(
        membership.user_id == session.trainer_id and trained_on(membership, session.held_on)
        for membership in memberships
    ):
        raise DomainError(
            f"{session.trainer} n’encadrait pas à {session.structure} le {shortdate(session.held_on)}. "
            "Choisissez quelqu’un de l’équipe de ce jour-là."
        )


def trained_on(membership: Membership, day: date) -> bool:
    return membership.starts_on <= day and (membership.ends_on is None or membership.ends_on >= day)


def _is_current(membership: Membership) -> bool:
    today = clock.today()
    return membership.starts_on <= today and (membership.ends_on is None or membership.ends_on > today)


def known_and_clashing(session: TrainingSession) -> tuple[TrainingSession | None, TrainingSession | None]:
    """The session already recorded under that id, and one that its trainer leads at that time; both locked."""
    overlap = Q(
        trainer=session.trainer_id,
        held_on=session.held_on,
        starts_at__lt=session.ends_at,
        ends_at__gt=session.starts_at,
    ) & ~Q(state=SessionState.CANCELLED)
    rows = TrainingSession.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = list(rows.filter(Q(pk=session.pk) | overlap))
    known = next((row for row in found if row.pk == session.pk), None)
    return known, next((row for row in found if row.pk != session.pk), None)


def refuse_clash(session: TrainingSession, other: TrainingSession | None) -> None:
    """A trainer leads one session at a time, planned ones included."""
    if other is None:
        return
    mend = "Changez l’heure ou la personne."
    if other.state == SessionState.PLANNED:
        mend = "Elle est prévue : faites-en l’appel, annulez-la, ou changez l’heure ou la personne."
    raise DomainError(
        f"{session.trainer} anime déjà « {other.theme} » ce jour-là, de {timeofday(other.starts_at)} "
        f"à {timeofday(other.ends_at)}. {mend}"
    )


def with_day_state(day: date) -> EnrollmentQuerySet:
    """Enrolments with `is_paused` (on a break that day) and `is_signed` (the sheet of its month is signed)."""
    pauses = Pause.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), enrollment=OuterRef("pk"), starts_on__lte=day
    )
    signed = MonthClosing.objects.filter(
        enrollment=OuterRef("pk"), month=day.replace(day=1), reopened_at=None
    )
    rows: EnrollmentQuerySet = Enrollment.objects.select_related("trainee")
    return rows.annotate(is_paused=Exists(pauses), is_signed=Exists(signed))


def lock_enrollments(day: date, **conditions) -> dict[UUID, Enrollment]:
    """The enrolments of a session by id, `with_day_state`, locked in one order."""
    rows = with_day_state(day).select_for_update(of=("self",), no_key=True).order_by("pk")
    return {row.pk: row for row in rows.filter(**conditions)}


def lock_crew(session: TrainingSession, ids: list[UUID]) -> dict[UUID, Enrollment]:
    """The enrolments called at a session; refused without any, twice the same, or of another structure."""
    if not ids:
        raise DomainError("Personne n’est noté à cette séance. Cochez au moins une personne.")
    if len(set(ids)) < len(ids):
        raise DomainError("Une personne est notée deux fois à cette séance.")
    if session.kind == SessionKind.INDIVIDUAL and len(ids) > 1:
        raise DomainError(ONE_PERSON)
    crew = lock_enrollments(session.held_on, pk__in=ids, structure=session.structure_id)
    if len(crew) < len(ids):
        raise DomainError("Une des personnes notées n’est pas de cette structure. Rechargez la page.")
    return crew


def check_crew(day: date, crew: dict[UUID, Enrollment], *, here: bool = True) -> None:
    """Every enrolment may still receive or lose hours that day; `here` asks that the contract covers it too."""
    if closed := [row for row in crew.values() if row.state not in OPEN_STATES]:
        raise DomainError(f"Parcours clos : {names(closed)}. Retirez ces personnes de la séance.")
    if here:
        if away := [row for row in crew.values() if not is_under_contract(row, day)]:
            raise DomainError(f"Le {shortdate(day)} est hors du contrat de {names(away)}. Vérifiez la date.")
        if paused := [row for row in crew.values() if row.is_paused]:
            raise DomainError(f"En pause le {shortdate(day)} : {names(paused)}. Vérifiez la date.")
    if signed := [row for row in crew.values() if row.is_signed]:
        raise DomainError(
            f"La feuille de ce mois est signée pour {names(signed)}. La direction peut la rouvrir, avec un motif."
        )


def is_under_contract(enrollment: Enrollment, day: date) -> bool:
    return enrollment.contract_start <= day <= enrollment.contract_end


def attendance_of(session: TrainingSession, enrollment: Enrollment, minutes: int, absence: str) -> Attendance:
    """The row of one presence, refused with both minutes and an absence, or with neither."""
    length = session.length_minutes
    if minutes > length:
        raise DomainError(
            f"{enrollment.trainee} : une présence de {hours(minutes)} dépasse la séance, "
            f"qui dure {hours(length)}. Corrigez la durée."
        )
    if minutes < 0 or (minutes > 0) == bool(absence) or (absence and absence not in AbsenceReason.values):
        raise DomainError(
            f"{enrollment.trainee} : indiquez une durée de présence, ou bien le motif de l’absence."
        )
    return Attendance(
        session=session,
        enrollment=enrollment,
        place=session.place,
        session_minutes=length,
        minutes=minutes,
        absence=absence,
    )


def refuse_elsewhere(session: TrainingSession, present: list[Enrollment]) -> None:
    """Nobody is in two sessions at once, even in another structure."""
    clash = (
        Attendance.objects.filter(
            enrollment__in=present,
            minutes__gt=0,
            session__held_on=session.held_on,
            session__starts_at__lt=session.ends_at,
            session__ends_at__gt=session.starts_at,
        )
        .exclude(session=session)
        .order_by("pk")  # the default order would read both tables around it
        .first()
    )
    if clash:
        raise DomainError(
            f"{clash.enrollment.trainee} est déjà en séance ce jour-là, « {clash.session.theme} », "
            f"de {timeofday(clash.session.starts_at)} à {timeofday(clash.session.ends_at)}."
        )


def names(enrollments: Iterable[Enrollment]) -> str:
    return joined(row.trainee for row in enrollments)


def new_session(structure: Structure, slot: Slot, **facts) -> TrainingSession:
    """A session of the structure in that slot, not yet saved."""
    return slot.apply_to(TrainingSession(structure=structure, **facts))
