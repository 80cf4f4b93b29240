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


def train(path: Enrollment, weeks: int, minutes: int = 240, before: date = MONDAY, **session) -> None:
    """Sessions of the same length in each of the weeks before a Monday."""
    for week in range(1, weeks + 1):
        held = TrainingSessionFactory(
            structure=path.structure, held_on=before - timedelta(weeks=week), ends_at=time(18), **session
        )
        if held.state == SessionState.HELD:
            Attendance.objects.create(
                session=held, enrollment=path, place=held.place, session_minutes=540, minutes=minutes
            )
            path.done_production_minutes += minutes
    path.save()


def trained(weeks: int = 12, **changes) -> Enrollment:
    """A path with 250 h planned, that trained four hours a week."""
    path = EnrollmentFactory(**changes)
    PlanFactory(enrollment=path)
    train(path, weeks)
    return path


def forecast_of(path: Enrollment):
    return forecasts(list(with_plan(Enrollment.objects.filter(pk=path.pk))), MONDAY).get(path.pk)


def test_the_pace_is_read_from_the_sessions_held():
    path = trained()
    train(path, 3, state=SessionState.PLANNED)

    seen = forecast_of(path)

    assert (seen.weekly, seen.done, seen.window.since) == (240, 48 * HOUR, MONDAY - timedelta(weeks=8))
    assert seen.is_late


def test_hours_made_before_the_window_are_done_and_do_not_count_in_the_pace():
    path = trained(weeks=4)
    train(path, 10, minutes=540, before=MONDAY - timedelta(weeks=10))

    assert forecast_of(path).weekly == 120


def test_a_break_pushes_the_window_back():
    path = EnrollmentFactory()
    PlanFactory(enrollment=path)
    train(path, 8, before=MONDAY - timedelta(weeks=4))
    Pause.objects.create(
        enrollment=path,
        starts_on=MONDAY - timedelta(weeks=4),
        ends_on=MONDAY - timedelta(days=1),
        reason="Congé",
    )

    assert (forecast_of(path).weekly, forecast_of(path).is_paused) == (240, False)


def test_an_open_break_is_a_break_until_today():
    path = trained(state=EnrollmentState.SUSPENDED)
    Pause.objects.create(enrollment=path, starts_on=MONDAY, reason="Congé")

    assert forecast_of(path).is_paused


def test_a_path_that_is_closed_has_no_forecast():
    path = trained(state=EnrollmentState.COMPLETED, completed_on=MONDAY)

    assert forecast_of(path) is None
    assert forecasts([], MONDAY) == {}


def test_a_path_without_a_plan_or_without_hours_tells_nothing():
    bare, new = EnrollmentFactory(), EnrollmentFactory(enrolled_on=MONDAY - timedelta(days=3))
    PlanFactory(enrollment=new)

    assert [short_sentence_of(forecast_of(path)) for path in (bare, new)] == ["", ""]


def test_the_timetable_of_an_immersion_says_which_days_it_takes():
    path = trained()
    ImmersionFactory(
        enrollment=path,
        starts_on=MONDAY - timedelta(weeks=4),
        ends_on=MONDAY - timedelta(days=1),
        planned_minutes=28 * HOUR,
        schedule={"1": [["08:00", "12:00"], ["13:00", "16:00"]]},
    )

    seen = forecast_of(path)

    assert seen.window.worked_days == 4 * 4 + 5 * 5
    assert seen.window.since == MONDAY - timedelta(weeks=9)
    assert seen.unplaced == 7 * HOUR


def test_the_page_of_a_path_and_the_lists_say_the_same():
    path = trained()
    ImmersionFactory(enrollment=path, starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 8))

    progress = read_progress(path, list(path.immersions.all()), MONDAY)

    assert progress.forecast == forecast_of(path)
    assert progress.weeks[-1].planned_so_far.total == 250 * HOUR
    assert progress.weeks[-1].done_so_far.total == path.done_minutes


def test_three_paths_ask_as_many_queries_as_one():
    def count(size: int) -> int:
        paths = list(with_plan(Enrollment.objects.all()))
        assert len(paths) == size
        with CaptureQueriesContext(connection) as queries:
            assert len(forecasts(paths, MONDAY)) == size
        return len(queries)

    def grow() -> None:
        path = trained(weeks=3)
        Pause.objects.create(
            enrollment=path, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 9), reason="Congé"
        )
        ImmersionFactory(enrollment=path)

    grow()
    one = count(1)
    grow()
    grow()

    assert count(3) == one == 3
