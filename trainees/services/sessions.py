from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Q

from accounts import clock
from accounts.errors import DomainError, StaleState
from accounts.formats import hours, joined, shortdate, timeofday
from accounts.models import User
from accounts.services.journal import record
from structures.enums import EVALUATING_ROLES
from structures.models import Membership, Structure
from trainees.enums import OPEN_STATES, AbsenceReason, SessionKind
from trainees.models import Attendance, Enrollment, MonthClosing, Pause, TrainingSession
from trainees.services.hours import add_minutes
from trainees.services.locks import refuse_future
from trainees.services.motives import motive

LONGEST_MINUTES = 10 * 60


@dataclass(frozen=True)
class Presence:
    """One trainee at one session: the minutes they were there, or 0 and the reason of their absence."""

    enrollment: Enrollment
    minutes: int
    absence: str = ""


@transaction.atomic
def log_session(
    *,
    structure: Structure,
    trainer: User,
    held_on: date,
    starts_at: time,
    ends_at: time,
    place: str,
    kind: str,
    module: str,
    theme: str,
    presences: Sequence[Presence],
    by: User,
) -> TrainingSession:
    """Write down a session that took place and who was there; the same number of queries for any crew.

    Refused in the future, longer than 10 h, led by somebody who did not train in the structure that day
    or who led another session at that time; for trainees of elsewhere, whose path is closed or paused,
    whose contract does not cover the day, whose month is signed, who were in another session; when a
    presence is longer than the session, when an individual session has not exactly one trainee, and
    when somebody would pass 399 h.
    """
    session = TrainingSession(
        structure=structure,
        trainer=User.objects.select_for_update().get(pk=trainer.pk),
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        kind=kind,
        module=module,
        theme=theme.strip(),
    )
    _check_slot(session)
    _check_trainer(session)
    crew = _lock_crew(session, presences)
    _check_crew(session, crew)
    attendances = [_attendance(session, crew[p.enrollment.pk], p.minutes, p.absence) for p in presences]
    _refuse_elsewhere(session, [row.enrollment for row in attendances if row.minutes])
    session.save(force_insert=True)
    Attendance.objects.bulk_create(attendances)
    add_minutes((row.enrollment, session.place, row.minutes) for row in attendances if row.minutes)
    present = sum(1 for row in attendances if row.minutes)
    record(
        action="trainees.session.logged",
        subject=session,
        by=by,
        summary=f"Séance « {session.theme} » du {shortdate(held_on)} : {present} présents sur {len(crew)}",
        data={"presences": {str(row.enrollment_id): row.absence or row.minutes for row in attendances}},
        thread=attendances[0].enrollment_id if kind == SessionKind.INDIVIDUAL else None,
    )
    return session


@transaction.atomic
def correct_attendance(
    *, attendance: Attendance, minutes: int, absence: str = "", reason: str, by: User
) -> Attendance:
    """Mend a presence while its month is not signed; the journal keeps what it said before, and why."""
    enrollment = (
        Enrollment.objects.select_for_update(of=("self",)).with_people().get(pk=attendance.enrollment_id)
    )
    attendance = Attendance.objects.select_related("session").filter(pk=attendance.pk).first()
    if attendance is None:
        raise StaleState("Cette séance vient d’être retirée par quelqu’un d’autre.")
    session = attendance.session
    if not reason.strip():
        raise DomainError("Une correction porte son motif. Dites en quelques mots ce qui était faux.")
    _check_crew(session, {enrollment.pk: enrollment}, here=False)
    mended = _attendance(session, enrollment, minutes, absence)
    if minutes and not attendance.minutes:
        _refuse_elsewhere(session, [enrollment])
    before = {"minutes": attendance.minutes, "absence": attendance.absence}
    if before == {"minutes": mended.minutes, "absence": mended.absence}:
        raise DomainError("Cette présence dit déjà cela : il n’y a rien à corriger.")
    attendance.minutes, attendance.absence = mended.minutes, mended.absence
    attendance.save(update_fields=["minutes", "absence"])
    add_minutes([(enrollment, session.place, minutes - before["minutes"])])
    record(
        action="trainees.attendance.corrected",
        subject=attendance,
        by=by,
        summary=f"La présence de {enrollment.trainee} le {shortdate(session.held_on)} est corrigée",
        reason=reason.strip(),
        data={"before": before, "after": {"minutes": minutes, "absence": mended.absence}},
        thread=enrollment.pk,
    )
    return attendance


@transaction.atomic
def withdraw_session(*, session: TrainingSession, reason: str, by: User) -> None:
    """Take back a session logged by mistake and the hours it gave. Refused once a month of it is signed."""
    reason = motive(
        reason,
        missing="Un retrait porte son motif. Dites en quelques mots pourquoi cette séance est retirée.",
    )
    enrollments = Enrollment.objects.select_for_update(of=("self",)).select_related("trainee")
    crew = {row.pk: row for row in enrollments.filter(attendances__session=session).order_by("pk")}
    rows = list(session.attendances.all())
    _check_crew(session, crew, here=False)
    add_minutes((crew[row.enrollment_id], session.place, -row.minutes) for row in rows if row.minutes)
    record(
        action="trainees.session.withdrawn",
        subject=session,
        by=by,
        summary=f"La séance « {session.theme} » du {shortdate(session.held_on)} est retirée",
        reason=reason,
        data={"presences": {str(row.enrollment_id): row.absence or row.minutes for row in rows}},
    )
    session.delete()


def _check_slot(session: TrainingSession) -> None:
    refuse_future(session.held_on, clock.today(), "Une séance")
    if session.ends_at <= session.starts_at:
        raise DomainError("La séance finit avant d’avoir commencé. Vérifiez les deux heures.")
    if session.length_minutes > LONGEST_MINUTES:
        raise DomainError("Une séance ne dépasse pas 10 heures. Faites-en deux, ou vérifiez les heures.")
    if not session.theme:
        raise DomainError("Donnez le thème de la séance : la feuille d’émargement le porte.")


def _check_trainer(session: TrainingSession) -> None:
    day, trainer = session.held_on, session.trainer
    there = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day),
        structure=session.structure,
        user=trainer,
        role__in=EVALUATING_ROLES,
        starts_on__lte=day,
    )
    if not there.exists():
        raise DomainError(
            f"{trainer} n’encadrait pas à {session.structure} le {shortdate(day)}. "
            "Choisissez quelqu’un de l’équipe de ce jour-là."
        )
    other = TrainingSession.objects.filter(
        trainer=trainer, held_on=day, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    ).first()
    if other:
        raise DomainError(
            f"{trainer} anime déjà « {other.theme} » ce jour-là, de {timeofday(other.starts_at)} "
            f"à {timeofday(other.ends_at)}. Changez l’heure ou la personne."
        )


def _lock_crew(session: TrainingSession, presences: Sequence[Presence]) -> dict:
    """The paths of the session by id, locked in one order; refused for those of another structure."""
    ids = [presence.enrollment.pk for presence in presences]
    if not ids:
        raise DomainError("Personne n’est noté à cette séance. Cochez au moins une personne.")
    if len(set(ids)) < len(ids):
        raise DomainError("Une personne est notée deux fois à cette séance.")
    if session.kind == SessionKind.INDIVIDUAL and len(ids) > 1:
        raise DomainError("Une séance individuelle réunit une seule personne. Choisissez « collective ».")
    rows = Enrollment.objects.select_for_update(of=("self",)).select_related("trainee").order_by("pk")
    crew = {row.pk: row for row in rows.filter(pk__in=ids, structure=session.structure)}
    if len(crew) < len(ids):
        raise DomainError("Une des personnes notées n’est pas de cette structure. Rechargez la page.")
    return crew


def _check_crew(session: TrainingSession, crew: dict, *, here: bool = True) -> None:
    """Every path may still receive or lose hours that day; `here` asks that the contract covers it too."""
    day = session.held_on
    if closed := [row for row in crew.values() if row.state not in OPEN_STATES]:
        raise DomainError(f"Parcours clos : {_names(closed)}. Retirez ces personnes de la séance.")
    if here:
        if away := [row for row in crew.values() if not row.contract_start <= day <= row.contract_end]:
            raise DomainError(f"Le {shortdate(day)} est hors du contrat de {_names(away)}. Vérifiez la date.")
        pauses = Pause.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=day), enrollment__in=crew, starts_on__lte=day
        )
        if paused := {pause.enrollment_id for pause in pauses}:
            raise DomainError(
                f"En pause le {shortdate(day)} : {_names(crew[pk] for pk in paused)}. Vérifiez la date."
            )
    signed = MonthClosing.objects.filter(enrollment__in=crew, month=day.replace(day=1), reopened_at=None)
    if months := list(signed):
        raise DomainError(
            f"La feuille de ce mois est signée pour {_names(crew[row.enrollment_id] for row in months)}. "
            "La direction peut la rouvrir, avec un motif."
        )


def _attendance(session: TrainingSession, enrollment: Enrollment, minutes: int, absence: str) -> Attendance:
    """The row of one presence, refused when it says too much or nothing."""
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


def _refuse_elsewhere(session: TrainingSession, present: list[Enrollment]) -> None:
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
        .select_related("enrollment__trainee", "session")
        .first()
    )
    if clash:
        raise DomainError(
            f"{clash.enrollment.trainee} est déjà en séance ce jour-là, « {clash.session.theme} », "
            f"de {timeofday(clash.session.starts_at)} à {timeofday(clash.session.ends_at)}."
        )


def _names(enrollments) -> str:
    return joined(row.trainee for row in enrollments)
