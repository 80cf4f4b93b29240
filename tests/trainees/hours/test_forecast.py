"""The forecasts of a list, read from its rows: the pace of each, in as many queries for one as for many."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import clock
from tests.factories import EnrollmentFactory, ImmersionFactory, PlanFactory, TrainingSessionFactory
from trainees.enums import EnrollmentState, SessionState
from trainees.models import Attendance, Enrollment, Pause
from trainees.queries.hours.forecast import forecasts, with_plan
from trainees.queries.hours.forecast_sentences import short_sentence_of
from trainees.queries.hours.progress import read_progress

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 2, 1)
HOUR = 60


@pytest.fixture(autouse=True)
def _on_a_monday():
    with clock.at(timezone.make_aware(timezone.datetime(2027, 2, 1, 9))):
        yield


def train(enrollment: Enrollment, weeks: int, minutes: int = 240, before: date = MONDAY, **session) -> None:
    """Sessions of the same length in each of the weeks before a Monday."""
    for week in range(1, weeks + 1):
        held = TrainingSessionFactory(
            structure=enrollment.structure,
            held_on=before - timedelta(weeks=week),
            ends_at=time(18),
            **session,
        )
        if held.state == SessionState.HELD:
            Attendance.objects.create(
                session=held, enrollment=enrollment, place=held.place, session_minutes=540, minutes=minutes
            )
            enrollment.done_production_minutes += minutes
    enrollment.save()


def trained(weeks: int = 12, **changes) -> Enrollment:
    """An enrolment with 250 h planned, that trained four hours a week."""
    enrollment = EnrollmentFactory(**changes)
    PlanFactory(enrollment=enrollment)
    train(enrollment, weeks)
    return enrollment


def forecast_of(enrollment: Enrollment):
    return forecasts(list(with_plan(Enrollment.objects.filter(pk=enrollment.pk))), MONDAY).get(enrollment.pk)


def test_the_pace_is_read_from_the_sessions_held():
    enrollment = trained()
    train(enrollment, 3, state=SessionState.PLANNED)

    seen = forecast_of(enrollment)

    assert (seen.weekly, seen.done, seen.window.since) == (240, 48 * HOUR, MONDAY - timedelta(weeks=8))
    assert seen.is_late


def test_hours_made_before_the_window_are_done_and_do_not_count_in_the_pace():
    enrollment = trained(weeks=4)
    train(enrollment, 10, minutes=540, before=MONDAY - timedelta(weeks=10))

    assert forecast_of(enrollment).weekly == 120


def test_a_break_pushes_the_window_back():
    enrollment = EnrollmentFactory()
    PlanFactory(enrollment=enrollment)
    train(enrollment, 8, before=MONDAY - timedelta(weeks=4))
    Pause.objects.create(
        enrollment=enrollment,
        starts_on=MONDAY - timedelta(weeks=4),
        ends_on=MONDAY - timedelta(days=1),
        reason="Congé",
    )

    assert (forecast_of(enrollment).weekly, forecast_of(enrollment).is_paused) == (240, False)


def test_an_open_break_is_a_break_until_today():
    enrollment = trained(state=EnrollmentState.SUSPENDED)
    Pause.objects.create(enrollment=enrollment, starts_on=MONDAY, reason="Congé")

    assert forecast_of(enrollment).is_paused


def test_an_enrollment_that_is_closed_has_no_forecast():
    enrollment = trained(state=EnrollmentState.COMPLETED, completed_on=MONDAY)

    assert forecast_of(enrollment) is None
    assert forecasts([], MONDAY) == {}


def test_an_enrollment_without_a_plan_or_without_hours_tells_nothing():
    bare, new = EnrollmentFactory(), EnrollmentFactory(enrolled_on=MONDAY - timedelta(days=3))
    PlanFactory(enrollment=new)

    assert [short_sentence_of(forecast_of(enrollment)) for enrollment in (bare, new)] == ["", ""]


def test_the_timetable_of_an_immersion_says_which_days_it_takes():
    enrollment = trained()
    ImmersionFactory(
        enrollment=enrollment,
        starts_on=MONDAY - timedelta(weeks=4),
        ends_on=MONDAY - timedelta(days=1),
        planned_minutes=28 * HOUR,
        schedule={"1": [["08:00", "12:00"], ["13:00", "16:00"]]},
    )

    seen = forecast_of(enrollment)

    assert seen.window.worked_days == 4 * 4 + 5 * 5
    assert seen.window.since == MONDAY - timedelta(weeks=9)
    assert seen.unplaced == 7 * HOUR


def test_the_page_of_an_enrollment_and_the_lists_say_the_same():
    enrollment = trained()
    ImmersionFactory(enrollment=enrollment, starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 8))

    progress = read_progress(enrollment, list(enrollment.immersions.all()), MONDAY)

    assert progress.forecast == forecast_of(enrollment)
    assert progress.weeks[-1].planned_so_far.total == 250 * HOUR
    assert progress.weeks[-1].done_so_far.total == enrollment.done_minutes


def test_three_enrollments_ask_as_many_queries_as_one():
    def count(size: int) -> int:
        enrollments = list(with_plan(Enrollment.objects.all()))
        assert len(enrollments) == size
        with CaptureQueriesContext(connection) as queries:
            assert len(forecasts(enrollments, MONDAY)) == size
        return len(queries)

    def grow() -> None:
        enrollment = trained(weeks=3)
        Pause.objects.create(
            enrollment=enrollment, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 9), reason="Congé"
        )
        ImmersionFactory(enrollment=enrollment)

    grow()
    one = count(1)
    grow()
    grow()

    assert count(3) == one == 3
