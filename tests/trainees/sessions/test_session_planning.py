"""Sessions to come: planned alone or every week, moved, passed on, cancelled."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import DomainError
from core.models import JournalEntry
from tests.factories import EnrollmentFactory
from trainees.models import Attendance, TrainingSession
from trainees.services.enrollments import leave, pause
from trainees.services.hours.counters import differences
from trainees.services.sessions import (
    DatesRefused,
    cancel_session,
)

pytestmark = pytest.mark.date_sensitive


def next_week() -> date:
    return clock.today() + timedelta(days=7)


@pytest.fixture
def slot(slot):
    return replace(slot, held_on=next_week())


def test_a_planned_session_waits_for_its_people_and_gives_no_hours(do_plan, crew):
    (session,) = do_plan()

    assert (session.state, session.series, session.held_on) == ("planned", None, next_week())
    assert set(session.expected.all()) == set(crew)
    assert Attendance.objects.count() == 0
    assert list(differences()) == []
    line = JournalEntry.objects.get(action="trainees.session.planned")
    assert line.data["expected"] == [
        str(enrollment.pk) for enrollment in sorted(crew, key=lambda row: row.trainee.birth_name)
    ]


def test_a_series_comes_back_every_week_on_the_same_day(do_plan, crew):
    sessions = do_plan(weeks=5)

    assert [row.held_on - next_week() for row in sessions] == [timedelta(weeks=n) for n in range(5)]
    assert len({row.series for row in sessions}) == 1
    assert sessions[0].series
    assert all(row.expected.count() == 3 for row in sessions)


@pytest.mark.parametrize(
    "first_on", [date(2026, 10, 16), date(2027, 3, 19), date(2026, 12, 18), date(2028, 2, 22)]
)
def test_a_series_keeps_its_day_and_hour_over_summer_time_and_the_new_year(do_plan, trainer, first_on):
    """The clocks change on 25 October 2026 and 28 March 2027; 2028 has a 29 February."""
    with clock.at(datetime.combine(first_on, time(8), ZoneInfo("Europe/Paris"))):
        trainer.memberships.update(starts_on=first_on)
        enrollment = EnrollmentFactory(structure=trainer.memberships.get().structure)

        sessions = do_plan(first_on=first_on, weeks=4, expected=[enrollment])

    kept = TrainingSession.objects.filter(pk__in=[row.pk for row in sessions]).order_by("held_on")
    assert [row.held_on for row in kept] == [first_on + timedelta(weeks=n) for n in range(4)]
    assert {(row.held_on.weekday(), row.starts_at, row.length_minutes) for row in kept} == {
        (first_on.weekday(), time(9), 180)
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weeks": 0}, "de 1 à 52 semaines"),
        ({"weeks": 53}, "de 1 à 52 semaines"),
        ({"ends_at": time(9)}, "finit avant"),
        ({"theme": " "}, "thème"),
        ({"place": "moon"}, "n’existe pas"),
        ({"expected": []}, "Personne n’est attendu"),
        ({"kind": "individual"}, "une seule personne"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(do_plan, changes, words):
    with pytest.raises(DomainError, match=words):
        do_plan(**changes)

    assert TrainingSession.objects.count() == 0


@pytest.mark.parametrize(("days", "words"), [(-1, "est passé"), (400, "plus d’un an")])
def test_a_day_out_of_reach_is_refused_in_words(do_plan, days, words):
    with pytest.raises(DomainError, match=words):
        do_plan(first_on=clock.today() + timedelta(days=days))


def test_a_plan_without_any_of_its_days_is_refused_in_words(do_plan):
    with pytest.raises(DomainError, match="Il ne reste aucune date"):
        do_plan(without={next_week()})


def test_people_of_elsewhere_or_gone_are_not_expected(do_plan, crew, exit_reason, director):
    with pytest.raises(DomainError, match="n’est pas de cette structure"):
        do_plan(expected=[EnrollmentFactory()])

    leave(enrollment=crew[0], reason=exit_reason, by=director)
    with pytest.raises(DomainError, match="Parcours clos"):
        do_plan()


def test_every_date_and_name_that_stands_in_the_way_is_told(do_plan, do_log, crew, trainer, director):
    crew[0].contract_end = next_week() + timedelta(days=8)
    crew[0].save()
    pause(enrollment=crew[1], reason="Congé", starts_on=clock.today(), by=director)
    do_plan(
        first_on=next_week() + timedelta(weeks=3), starts_at=time(11), ends_at=time(13), expected=[crew[2]]
    )

    with pytest.raises(DatesRefused) as refusal:
        do_plan(weeks=4)

    sentence = refusal.value.message
    assert f"Hors du contrat : {crew[0].trainee}, les " in sentence
    assert f"En pause : {crew[1].trainee}, les " in sentence
    assert f"{trainer} anime déjà « Tailler une haie » de 11" in sentence
    assert refusal.value.is_about_people
    assert refusal.value.days == [next_week() + timedelta(weeks=n) for n in range(4)]
    assert TrainingSession.objects.count() == 1


def test_a_series_is_planned_without_the_dates_that_cannot_be(do_plan, crew):
    taken = next_week() + timedelta(weeks=1)
    do_plan(first_on=taken)
    with pytest.raises(DatesRefused) as refusal:
        do_plan(weeks=3)

    sessions = do_plan(weeks=3, without=refusal.value.days)

    assert [row.held_on for row in sessions] == [next_week(), next_week() + timedelta(weeks=2)]
    with pytest.raises(DatesRefused):
        do_plan(weeks=3, without=[taken])


def test_a_series_is_planned_without_those_who_cannot_come_that_day(do_plan, crew):
    crew[0].contract_end = next_week()
    crew[0].save()

    sessions = do_plan(weeks=2, leave_out=True)

    assert [row.expected.count() for row in sessions] == [3, 2]
    with pytest.raises(DatesRefused, match="Personne ne peut venir"):
        do_plan(weeks=2, starts_at=time(14), ends_at=time(15), expected=[crew[0]], leave_out=True)


def test_a_trainer_is_never_planned_twice_at_once(do_plan, do_log, crew, counsellor, structure, slot):
    (session,) = do_plan()

    with pytest.raises(DatesRefused, match="anime déjà"):
        do_plan(starts_at=time(11), ends_at=time(14))
    assert do_plan(starts_at=time(12), ends_at=time(14))
    assert do_plan(trainer=counsellor)
    cancel_session(session=session, reason="Gel", by=slot.trainer)
    assert do_plan()


def test_a_session_is_not_logged_over_a_planned_one(do_plan, do_log, crew):
    do_plan(first_on=clock.today())

    with pytest.raises(DomainError, match="Elle est prévue : faites-en l’appel"):
        do_log(held_on=clock.today(), starts_at=time(11), ends_at=time(13))


def test_the_trainer_must_still_train_there_that_day(do_plan, trainer, director, structure):
    with pytest.raises(DatesRefused, match="n’encadre pas à"):
        do_plan(trainer=director)
    trainer.memberships.update(ends_on=next_week() + timedelta(days=7))

    with pytest.raises(DatesRefused) as refusal:
        do_plan(weeks=3)

    assert refusal.value.days == [next_week() + timedelta(weeks=2)]
    assert not refusal.value.is_about_people


def test_a_long_series_costs_as_many_queries_as_a_session(do_plan, structure, count_queries):
    def cost(weeks: int, size: int, hour: int) -> int:
        expected = EnrollmentFactory.create_batch(size, structure=structure, contract_end=date(2099, 1, 1))
        hours = {"starts_at": time(hour), "ends_at": time(hour + 1)}
        with CaptureQueriesContext(connection) as queries:
            do_plan(weeks=weeks, expected=expected, **hours)
        return len(queries)

    cost(1, 1, 8)

    assert cost(1, 1, 9) == cost(30, 12, 10) <= 15
