"""The page of the hours: the weeks drawn and told, the warning ahead of 399 h, the trainee's own words."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from core import clock
from core.formats import hours
from tests.factories import ImmersionFactory, PlanFactory, TrainingSessionFactory
from trainees.documents.hours import curve_chart, weeks_chart
from trainees.enums import SessionState
from trainees.models import Attendance, Enrollment, Pause
from trainees.models.enrollments.enrollment import MOST_MINUTES
from trainees.queries.hours.progress import read_progress
from trainees.services.enrollments import leave
from trainees.services.hours.counters import hours_ahead, hours_left, would_exceed

pytestmark = pytest.mark.date_sensitive

HOUR = 60


@pytest.fixture
def url(enrollment):
    return reverse("trainees:hours", args=[enrollment.pk])


def train(enrollment: Enrollment, weeks: int) -> None:
    """Four hours of production in each of the last weeks."""
    for week in range(1, weeks + 1):
        held = TrainingSessionFactory(
            structure=enrollment.structure, held_on=clock.today() - timedelta(weeks=week), ends_at=time(13)
        )
        Attendance.objects.create(
            session=held, enrollment=enrollment, place=held.place, session_minutes=240, minutes=240
        )
    enrollment.done_production_minutes = 240 * weeks
    enrollment.save()


def expect(enrollment: Enrollment, sessions: int) -> None:
    """Sessions of four hours planned for the enrolment in the weeks to come."""
    for week in range(1, sessions + 1):
        planned = TrainingSessionFactory(
            structure=enrollment.structure,
            held_on=clock.today() + timedelta(weeks=week),
            ends_at=time(13),
            state=SessionState.PLANNED,
        )
        planned.expected.add(enrollment)


def test_a_team_reads_the_weeks_the_curve_and_what_to_do(page_of, enrollment, director, url):
    PlanFactory(enrollment=enrollment)
    train(enrollment, 20)

    status, html = page_of(director, url)

    assert status == 200
    assert "Semaine par semaine" in html
    assert "Depuis le début, face au plan" in html
    assert "Au rythme des huit dernières semaines (4\u00a0h par semaine)" in html
    assert "il manquera" in html
    assert "L5132-15-1" in html
    assert "Les semaines en tableau" in html
    assert "de retard" in html


def test_a_trainee_reads_their_own_hours_in_their_own_words(page_of, enrollment, trainee_user, url):
    PlanFactory(enrollment=enrollment)
    train(enrollment, 20)

    _, html = page_of(trainee_user, url)

    assert "Mes semaines" in html
    assert "J’ai fait 80\u00a0h. Il me reste 170\u00a0h à faire." in html
    assert "Au rythme des" not in html
    assert "Pour finir à temps" not in html


def test_hours_without_a_plan_are_drawn_without_an_outline(page_of, enrollment, director, url):
    train(enrollment, 3)

    _, html = page_of(director, url)

    assert "Le plan de formation n’est pas encore établi" in html
    assert "Semaine par semaine" in html


def test_an_enrollment_with_nothing_yet_draws_nothing(page_of, enrollment, director, url):
    _, html = page_of(director, url)

    assert "Semaine par semaine" not in html
    assert "Contrat du" in html


def test_a_closed_enrollment_keeps_its_weeks_and_has_no_forecast(
    page_of, enrollment, director, exit_reason, url
):
    PlanFactory(enrollment=enrollment)
    train(enrollment, 20)
    leave(enrollment=enrollment, reason=exit_reason, by=director)

    _, html = page_of(director, url)

    assert "Semaine par semaine" in html
    assert "Au rythme" not in html


def test_more_sessions_ask_no_more_queries(count_queries, enrollment, director, url):
    PlanFactory(enrollment=enrollment)
    ImmersionFactory(enrollment=enrollment)
    Pause.objects.create(
        enrollment=enrollment, starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2), reason="Congé"
    )
    train(enrollment, 1)
    expect(enrollment, 1)
    one = count_queries(director, url)
    train(enrollment, 3)
    expect(enrollment, 2)

    assert count_queries(director, url) == one <= 24


def test_what_is_arranged_beyond_399_hours_is_said_ahead(page_of, enrollment, director, url):
    PlanFactory(enrollment=enrollment)
    Enrollment.objects.filter(pk=enrollment.pk).update(done_production_minutes=390 * HOUR)
    expect(enrollment, 2)
    ImmersionFactory(enrollment=enrollment, planned_minutes=7 * HOUR)

    _, html = page_of(director, url)

    assert "Avec 8\u00a0h de séances prévues et 7\u00a0h d’immersion à confirmer" in html
    assert "ferait 405\u00a0h\u00a0: 6\u00a0h de trop" in html


def test_what_is_left_under_399_hours_counts_what_is_arranged(enrollment):
    expect(enrollment, 3)
    ImmersionFactory(enrollment=enrollment, planned_minutes=30 * HOUR)
    ImmersionFactory(
        enrollment=enrollment, planned_minutes=10 * HOUR, done_minutes=10 * HOUR, confirmed_at=clock.now()
    )

    assert hours_left([enrollment]) == {enrollment.pk: MOST_MINUTES - 42 * HOUR}
    planned = enrollment.expected_sessions.first()
    assert hours_ahead([enrollment], besides=[planned.pk])[enrollment.pk].sessions == 8 * HOUR


def test_planning_too_much_names_who_and_by_how_much(crew):
    Enrollment.objects.filter(pk=crew[0].pk).update(done_classroom_minutes=398 * HOUR)
    crew[0].refresh_from_db()

    warning = would_exceed(crew, 3 * HOUR)

    assert f"{crew[0].trainee} ({hours(2 * HOUR)} de trop)" in warning
    assert str(crew[1].trainee) not in warning
    assert would_exceed(crew, HOUR) == ""


@pytest.mark.parametrize("days", [5, 200, 900])
def test_both_drawings_hold_in_their_frame_whatever_the_length(enrollment, days):
    enrollment.contract_start = enrollment.enrolled_on = clock.today() - timedelta(days=days)
    PlanFactory(enrollment=enrollment)
    train(enrollment, 2)

    progress = read_progress(enrollment, [], clock.today())
    weeks = weeks_chart(progress.weeks, clock.today())
    curve = curve_chart(progress.weeks, clock.today(), progress.forecast, enrollment.contract_end)

    assert [row["planned"] for row in weeks["rows"]] == [130 * HOUR, 85 * HOUR, 35 * HOUR]
    assert all(0 <= bar["y"] <= 1000 for row in weeks["rows"] for bar in row["bars"])
    assert sum(month["is_named"] for month in weeks["months"]) <= 15
    points = [point.split(" ") for point in curve["plan"].removeprefix("M").split("L")]
    assert all(0 <= int(x) <= curve["days"] and 0 <= int(y) <= 1000 for x, y in points)
