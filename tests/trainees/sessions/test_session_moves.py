"""What becomes of a planned session: held, changed or cancelled, once; and nothing ever comes back."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from tests.factories import EnrollmentFactory, TrainingSessionFactory
from trainees.enums import SESSION_MOVES, SessionState
from trainees.models import Attendance, TrainingSession
from trainees.services.enrollments import leave
from trainees.services.hours.counters import differences
from trainees.services.sessions import (
    DatesRefused,
    Presence,
    cancel_session,
    change_session,
    hold_session,
    withdraw_session,
)

pytestmark = pytest.mark.date_sensitive


@pytest.fixture
def session_in(structure, trainer, enrollment):
    """A session of today in some state, with one trainee expected."""

    def make(state: str) -> TrainingSession:
        reason = "Gel" if state == SessionState.CANCELLED else ""
        session = TrainingSessionFactory(
            structure=structure, trainer=trainer, held_on=clock.today(), state=state, cancelled_reason=reason
        )
        session.expected.add(enrollment)
        return session

    return make


@pytest.mark.parametrize("before", SessionState)
@pytest.mark.parametrize("after", SessionState)
def test_no_session_moves_otherwise_than_the_table_says(session_in, trainer, enrollment, slot, before, after):
    session = session_in(before)
    acts = {
        SessionState.HELD: lambda: hold_session(
            session=session, presences=[Presence(enrollment, 60)], by=trainer
        ),
        SessionState.CANCELLED: lambda: cancel_session(session=session, reason="Gel", by=trainer),
        SessionState.PLANNED: lambda: change_session(session=session, slot=slot, by=trainer),
    }
    allowed = after in SESSION_MOVES[before] or before == after == SessionState.PLANNED

    if allowed:
        acts[after]()
    else:
        with pytest.raises(StaleState):
            acts[after]()

    session.refresh_from_db()
    assert session.state == (after if allowed else before)


@pytest.mark.parametrize("state", [SessionState.PLANNED, SessionState.CANCELLED])
def test_only_a_session_that_was_held_is_taken_back(session_in, trainer, state):
    session = session_in(state)

    with pytest.raises(StaleState, match="aucune heure"):
        withdraw_session(session=session, reason="Doublon", by=trainer)

    assert TrainingSession.objects.filter(pk=session.pk).exists()


def test_a_session_gone_meanwhile_is_told(session_in, trainer, enrollment, slot):
    session = session_in(SessionState.PLANNED)
    TrainingSession.objects.all().delete()

    with pytest.raises(StaleState, match="retirée par quelqu’un d’autre"):
        cancel_session(session=session, reason="Gel", by=trainer)
    with pytest.raises(StaleState, match="retirée par quelqu’un d’autre"):
        withdraw_session(session=session, reason="Gel", by=trainer)


def test_the_roll_of_a_planned_session_gives_its_hours(do_plan, crew, trainer):
    session, later = do_plan(weeks=2)
    presences = [Presence(crew[0], 180), Presence(crew[1], 90), Presence(crew[2], 0, "leave")]

    hold_session(session=session, presences=presences, by=trainer)

    session.refresh_from_db()
    later.refresh_from_db()
    assert (session.state, later.state) == ("held", "planned")
    assert sorted(session.attendances.values_list("minutes", flat=True)) == [0, 90, 180]
    assert list(differences()) == []
    line = JournalEntry.objects.get(action="trainees.session.held")
    assert "2 présents sur 3" in line.summary.replace("\u00a0", " ")


def test_a_planned_session_is_held_as_it_went(do_plan, crew, trainer, counsellor, slot):
    (session,) = do_plan()

    held = replace(slot, trainer=counsellor, ends_at=time(11), place="classroom", theme="Lire un plan")
    hold_session(session=session, presences=[Presence(crew[0], 120)], slot=held, by=trainer)

    session.refresh_from_db()
    assert (session.trainer, session.length_minutes, session.theme) == (counsellor, 120, "Lire un plan")
    crew[0].refresh_from_db()
    assert crew[0].done_classroom_minutes == 120


def test_the_roll_obeys_the_rules_of_every_session(do_plan, crew, trainer, slot, do_log):
    (session,) = do_plan()
    (tomorrow,) = do_plan(first_on=clock.today() + timedelta(days=1))
    here = [Presence(crew[0], 60)]

    for facts, words in [
        ({"session": tomorrow}, "à venir"),
        ({"presences": []}, "Personne n’est noté"),
        ({"presences": [Presence(crew[0], 181)]}, "dépasse"),
        ({"presences": [Presence(EnrollmentFactory(), 60)]}, "n’est pas de cette structure"),
        ({"slot": replace(slot, ends_at=time(8))}, "finit avant"),
    ]:
        with pytest.raises(DomainError, match=words):
            hold_session(**{"session": session, "presences": here, "by": trainer} | facts)

    assert Attendance.objects.count() == 0
    assert TrainingSession.objects.planned().count() == 2


def test_a_roll_is_called_on_a_day_nobody_else_took(do_plan, crew, trainer, slot):
    (session,) = do_plan()
    do_plan(starts_at=time(13), ends_at=time(15))

    with pytest.raises(DomainError, match="anime déjà"):
        hold_session(
            session=session,
            presences=[Presence(crew[0], 60)],
            slot=replace(slot, ends_at=time(14)),
            by=trainer,
        )


def test_a_session_is_cancelled_alone_or_with_what_follows(do_plan, trainer):
    first, second, third = do_plan(weeks=3)

    assert cancel_session(session=second, reason="Gel", by=trainer) == [second]
    cancelled = cancel_session(
        session=first, whole_rest_of_series=True, reason=" Fin du chantier ", by=trainer
    )

    assert cancelled == [first, third]
    third.refresh_from_db()
    second.refresh_from_db()
    assert (third.state, third.cancelled_reason, second.cancelled_reason) == (
        "cancelled",
        "Fin du chantier",
        "Gel",
    )
    assert JournalEntry.objects.filter(action="trainees.session.cancelled").count() == 2


def test_what_was_held_of_a_series_stays_when_the_rest_is_cancelled(do_plan, trainer, crew):
    first, second, _third = do_plan(weeks=3)
    hold_session(session=first, presences=[Presence(crew[0], 60)], by=trainer)

    cancel_session(session=second, whole_rest_of_series=True, reason="Gel", by=trainer)

    states = TrainingSession.objects.order_by("held_on").values_list("state", flat=True)
    assert list(states) == ["held", "cancelled", "cancelled"]


@pytest.mark.parametrize("reason", ["", " ", "é" * 501, "a\x00b"])
def test_a_cancellation_says_why(do_plan, trainer, reason):
    (session,) = do_plan()

    with pytest.raises(DomainError, match="motif"):
        cancel_session(session=session, reason=reason, by=trainer)

    session.refresh_from_db()
    assert session.state == "planned"


def test_a_planned_session_is_changed_alone(do_plan, trainer, counsellor, crew, slot):
    first, second = do_plan(weeks=2)
    new = replace(
        slot, trainer=counsellor, held_on=clock.today() + timedelta(days=1), starts_at=time(10), theme="Lire"
    )

    change_session(session=first, slot=new, expected=crew[:1], by=trainer)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.trainer, first.held_on, first.theme) == (
        counsellor,
        clock.today() + timedelta(days=1),
        "Lire",
    )
    assert (second.trainer, second.theme) == (trainer, "Tailler une haie")
    assert (list(first.expected.all()), second.expected.count()) == (crew[:1], 3)
    assert "Tailler une haie" in JournalEntry.objects.get(action="trainees.session.changed").data["before"]


def test_the_rest_of_a_series_moves_with_it_and_keeps_its_people(do_plan, trainer, crew, slot):
    first, second, third = do_plan(weeks=3)
    third.expected.set(crew[:1])
    new = replace(slot, held_on=second.held_on + timedelta(days=1), starts_at=time(10))

    change_session(session=second, slot=new, whole_rest_of_series=True, by=trainer)

    days = dict(TrainingSession.objects.values_list("pk", "held_on"))
    assert days[first.pk] == clock.today()
    assert days[second.pk] == clock.today() + timedelta(days=8)
    assert days[third.pk] == clock.today() + timedelta(days=15)
    assert [row.expected.count() for row in (first, second, third)] == [3, 3, 1]


def test_a_change_obeys_the_rules_of_a_plan(do_plan, trainer, crew, slot, counsellor, exit_reason, director):
    first = do_plan(weeks=2)[0]
    do_plan(trainer=counsellor, first_on=clock.today() + timedelta(weeks=1))

    for facts, words in [
        ({"slot": replace(slot, held_on=clock.today() - timedelta(days=1))}, "est passé"),
        ({"slot": replace(slot, held_on=clock.today() + timedelta(days=400))}, "plus d’un an"),
        ({"slot": replace(slot, ends_at=time(8))}, "finit avant"),
        ({"slot": replace(slot, kind="individual")}, "une seule personne"),
        ({"expected": []}, "Personne n’est attendu"),
        ({"slot": replace(slot, trainer=counsellor), "whole_rest_of_series": True}, "anime déjà"),
        ({"slot": replace(slot, trainer=director)}, "n’encadre pas"),
    ]:
        with pytest.raises(DomainError, match=words):
            change_session(**{"session": first, "slot": slot, "by": trainer} | facts)

    leave(enrollment=crew[0], reason=exit_reason, by=director)
    change_session(session=first, slot=slot, by=trainer)
    assert first.expected.count() == 2


def test_a_late_roll_may_be_mended_before_it_is_called(session_in, trainer, slot):
    session = session_in(SessionState.PLANNED)
    TrainingSession.objects.update(held_on=clock.today() - timedelta(days=3))
    late = replace(slot, held_on=clock.today() - timedelta(days=3), ends_at=time(11))

    change_session(session=session, slot=late, by=trainer)

    session.refresh_from_db()
    assert session.length_minutes == 120


def test_those_who_cannot_come_to_the_new_day_are_told(do_plan, trainer, crew, slot):
    (session,) = do_plan()
    crew[0].contract_end = clock.today()
    crew[0].save()
    tomorrow = replace(slot, held_on=clock.today() + timedelta(days=1))

    with pytest.raises(DatesRefused, match="Hors du contrat"):
        change_session(session=session, slot=tomorrow, by=trainer)
    change_session(session=session, slot=tomorrow, leave_out=True, by=trainer)

    assert session.expected.count() == 2
