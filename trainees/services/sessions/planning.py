"""Sessions to come: planned alone or every week, changed, cancelled. They give no hours."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

from dateutil.relativedelta import relativedelta
from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import counted, shortdate, timeofday
from core.services.journal import record
from core.texts import required_reason
from structures.models import Structure
from trainees.enums import OPEN_STATES, SessionKind, SessionState
from trainees.models import Enrollment, TrainingSession
from trainees.services.sessions.checks import ONE_PERSON, Slot, check_slot, names, new_session
from trainees.services.sessions.obstacles import DatesRefused, find_obstacles
from trainees.services.sessions.rolls import movable

MOST_WEEKS = 52
FARTHEST = relativedelta(years=1)
WEEK = timedelta(weeks=1)
Expected = TrainingSession.expected.through


@transaction.atomic
def plan_sessions(
    *,
    structure: Structure,
    trainer: User,
    first_on: date,
    weeks: int = 1,
    starts_at: time,
    ends_at: time,
    place: str,
    kind: str,
    module: str,
    theme: str,
    expected: Sequence[Enrollment],
    without: Collection[date] = (),
    leave_out: bool = False,
    by: User,
) -> list[TrainingSession]:
    """Plan a session, or one a week on the same weekday (1 to 52 weeks), for the people expected.

    No date is skipped: `DatesRefused` names every date when the trainer leads another session or does not
    train there, and every person out of contract or on a break; `without` leaves those dates out,
    `leave_out` those people on those days. Refused as well: a first day that is past or over a year ahead,
    nobody expected, people of elsewhere or whose enrolment is closed. The same number of queries for any series
    that fits in one INSERT of 499 expected people (SQLite).
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise DomainError(f"Une série compte de 1 à {MOST_WEEKS} semaines. Changez le nombre de semaines.")
    _refuse_day(first_on)
    slot = Slot(_lock(trainer), first_on, starts_at, ends_at, place, kind, module, theme)
    days = [day for n in range(weeks) if (day := first_on + n * WEEK) not in without]
    if not days:
        raise DomainError("Il ne reste aucune date. Choisissez un autre jour ou une autre heure.")
    series = uuid4() if len(days) > 1 else None
    sessions = [
        new_session(structure, replace(slot, held_on=day), state=SessionState.PLANNED, series=series)
        for day in days
    ]
    check_slot(sessions[0])
    crew = _expected_crew(sessions[0], expected)
    coming = _who_comes(dict.fromkeys(sessions, crew), leave_out=leave_out)
    TrainingSession.objects.bulk_create(sessions)
    _expect(coming)
    _tell("planned", sessions, by=by, data={"expected": [str(enrollment.pk) for enrollment in crew]})
    return sessions


@transaction.atomic
def change_session(
    *,
    session: TrainingSession,
    slot: Slot,
    expected: Sequence[Enrollment] | None = None,
    whole_rest_of_series: bool = False,
    leave_out: bool = False,
    by: User,
) -> list[TrainingSession]:
    """Change a planned session, and with `whole_rest_of_series` those of its series that come after it.

    The others of the series move by as many days as this one. `expected` replaces the people expected; without
    it each session keeps its own. Refused when it is no longer planned, and as `plan_sessions` refuses.
    """
    trainer = _lock(slot.trainer)
    sessions = _lock_planned(session, whole_rest_of_series=whole_rest_of_series)
    session, before = sessions[0], _in_words(sessions[0])
    shift = slot.held_on - session.held_on
    if shift:
        _refuse_day(slot.held_on)
    for row in sessions:
        replace(slot, trainer=trainer, held_on=row.held_on + shift).apply_to(row)
    check_slot(session)
    ours = (
        _expected_now(sessions)
        if expected is None
        else dict.fromkeys(sessions, _expected_crew(session, expected))
    )
    coming = _who_comes(ours, leave_out=leave_out)
    fields = ["trainer", "held_on", "starts_at", "ends_at", "place", "kind", "module", "theme"]
    TrainingSession.objects.bulk_update(sessions, fields)
    Expected.objects.filter(trainingsession__in=sessions).delete()
    _expect(coming)
    _tell("changed", sessions, by=by, data={"before": before, "after": _in_words(session)})
    return sessions


@transaction.atomic
def cancel_session(
    *, session: TrainingSession, whole_rest_of_series: bool = False, reason: str, by: User
) -> list[TrainingSession]:
    """Cancel a planned session, and with `whole_rest_of_series` those of its series that come after it.

    Refused without a short reason, and when it is no longer planned.
    """
    reason = required_reason(
        reason, missing="Une annulation porte son motif. Dites en quelques mots pourquoi."
    )
    sessions = _lock_planned(session, whole_rest_of_series=whole_rest_of_series, move=SessionState.CANCELLED)
    for row in sessions:
        row.state, row.cancelled_reason = SessionState.CANCELLED, reason
    TrainingSession.objects.bulk_update(sessions, ["state", "cancelled_reason"])
    _tell("cancelled", sessions, by=by, reason=reason)
    return sessions


def _refuse_day(day: date) -> None:
    today = clock.today()
    if day < today:
        raise DomainError(
            f"Le {shortdate(day)} est passé : une séance qui a eu lieu se note, elle ne se prévoit pas."
        )
    if day > today + FARTHEST:
        raise DomainError(f"Le {shortdate(day)} est dans plus d’un an. Vérifiez l’année.")


def _lock(trainer: User) -> User:
    """Lock the trainer, so that two plans for the same one wait for each other."""
    return User.objects.select_for_update(no_key=True).get(pk=trainer.pk)


def _lock_planned(
    session: TrainingSession, *, whole_rest_of_series: bool, move: str = SessionState.HELD
) -> list[TrainingSession]:
    """The planned session, first, and what comes after it in its series when asked; locked."""
    rows = TrainingSession.objects.select_for_update(of=("self",), no_key=True).select_related(
        "structure", "trainer"
    )
    found = movable(rows.filter(pk=session.pk).first(), move)
    if not whole_rest_of_series or not found.series:
        return [found]
    rest = rows.filter(series=found.series, state=SessionState.PLANNED, held_on__gte=found.held_on)
    return [found, *rest.exclude(pk=found.pk).order_by("held_on", "pk")]


def _expected_crew(session: TrainingSession, expected: Sequence[Enrollment]) -> list[Enrollment]:
    """The people expected, as they are now; refused without any, of another structure or closed."""
    ids = {enrollment.pk for enrollment in expected}
    if not ids:
        raise DomainError("Personne n’est attendu à cette séance. Cochez au moins une personne.")
    if session.kind == SessionKind.INDIVIDUAL and len(ids) > 1:
        raise DomainError(ONE_PERSON)
    rows = Enrollment.objects.filter(pk__in=ids, structure=session.structure_id).select_related("trainee")
    crew = list(rows.order_by("trainee__folded", "pk"))
    if len(crew) < len(ids):
        raise DomainError("Une des personnes attendues n’est pas de cette structure. Rechargez la page.")
    if closed := [enrollment for enrollment in crew if not enrollment.is_open]:
        raise DomainError(f"Parcours clos : {names(closed)}. Retirez ces personnes de la séance.")
    return crew


def _expected_now(sessions: list[TrainingSession]) -> dict[TrainingSession, list[Enrollment]]:
    """Who is expected at each, without those whose enrolment is closed since."""
    found: dict = {session.pk: [] for session in sessions}
    rows = Expected.objects.filter(trainingsession__in=sessions, enrollment__state__in=OPEN_STATES)
    for row in rows.select_related("enrollment__trainee").order_by("enrollment"):
        found[row.trainingsession_id].append(row.enrollment)
    if sessions[0].kind == SessionKind.INDIVIDUAL and any(
        len(enrollments) > 1 for enrollments in found.values()
    ):
        raise DomainError(ONE_PERSON)
    return {session: found[session.pk] for session in sessions}


def _who_comes(expected: dict, *, leave_out: bool) -> dict[TrainingSession, list[Enrollment]]:
    obstacles, coming = find_obstacles(expected, leave_out=leave_out)
    if obstacles:
        raise DatesRefused(obstacles)
    return coming


def _expect(coming: dict[TrainingSession, list[Enrollment]]) -> None:
    Expected.objects.bulk_create(
        Expected(trainingsession=session, enrollment=enrollment)
        for session, enrollments in coming.items()
        for enrollment in enrollments
    )


def _in_words(session: TrainingSession) -> str:
    hours = f"{timeofday(session.starts_at)} – {timeofday(session.ends_at)}"
    return f"{session.theme}, {shortdate(session.held_on)}, {hours}, {session.trainer}"


def _tell(verb: str, sessions: list[TrainingSession], *, by: User, reason: str = "", data=None) -> None:
    first, past = sessions[0], {"planned": "prévue", "changed": "changée", "cancelled": "annulée"}[verb]
    days = [session.held_on.isoformat() for session in sessions]
    several = len(sessions) > 1
    what = counted(len(sessions), "séance") if several else "la séance"
    record(
        action=f"trainees.session.{verb}",
        subject=first,
        by=by,
        summary=f"{what[0].upper()}{what[1:]} « {first.theme} » {'sont' if several else 'est'} "
        f"{past}{'s' if several else ''}, {'à partir du' if several else 'le'} {shortdate(first.held_on)}",
        reason=reason,
        data={"days": days, "sessions": [str(session.pk) for session in sessions]} | (data or {}),
    )
