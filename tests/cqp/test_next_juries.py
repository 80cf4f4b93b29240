"""The juries to come on the page of an enrolment, beside the end of its hours and of its contract."""

from datetime import date, timedelta

import pytest

from core import clock
from cqp.home.queries.next_juries import next_juries
from juries.enums import SessionState
from tests.factories import CandidateFactory, FrameworkFactory, JurySessionFactory, PlanFactory
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment
from trainees.queries.hours.forecast import forecasts, with_plan
from trainees.rules.hours.forecast import Forecast

pytestmark = pytest.mark.date_sensitive


def forecast(ready_in: int | None, contract_in: int = 300) -> Forecast:
    today = clock.today()
    ready = None if ready_in is None else today + timedelta(days=ready_in)
    return Forecast(today, today + timedelta(days=contract_in), 15000, 6000, 9000, ready_on=ready)


def plan_jury(days: int, **facts):
    return JurySessionFactory(
        **{"held_on": clock.today() + timedelta(days=days), "state": SessionState.PLANNED} | facts
    )


def test_the_next_juries_of_the_region_come_in_order(enrollment):
    plan_jury(60)
    plan_jury(20, state=SessionState.CONVENED)
    plan_jury(-5)
    plan_jury(30, state=SessionState.CANCELLED, cancelled_reason="Neige")
    plan_jury(10, region="32")

    juries = next_juries(enrollment, forecast(40), [])

    assert [(jury.held_on - clock.today()).days for jury in juries] == [20, 60]
    assert [jury.is_reachable for jury in juries] == [False, True]


@pytest.mark.parametrize(
    ("ready", "contract", "words"),
    [
        (10, 300, "les heures seront faites"),
        (90, 300, "avant la fin des heures, à ce rythme"),
        (10, 20, "après la fin du contrat"),
        (None, 300, "sans date prévue pour la fin des heures"),
    ],
)
def test_each_jury_says_whether_one_can_be_there(enrollment, ready, contract, words):
    plan_jury(60)

    assert next_juries(enrollment, forecast(ready, contract), [])[0].remark == words


def test_an_enrollment_with_a_place_or_past_the_jury_is_shown_none(enrollment):
    session = plan_jury(60)
    candidate = CandidateFactory(enrollment=enrollment, session=session)

    assert next_juries(enrollment, forecast(10), [candidate]) == []
    assert next_juries(enrollment, None, []) == []
    enrollment.step = EnrollmentStep.JURY
    assert next_juries(enrollment, forecast(10), []) == []


def test_the_page_of_an_enrollment_shows_them_beside_the_forecast(client, director, enrollment):
    FrameworkFactory()
    PlanFactory(enrollment=enrollment)
    plan_jury(60, held_on=date(2100, 1, 4))
    planned = with_plan(Enrollment.objects.all()).get()
    client.force_login(director)

    text = client.get(f"/salaries/{enrollment.pk}/").text

    assert forecasts([planned], clock.today())[planned.pk].is_stalled
    assert "Prochains jurys, Occitanie" in text
    assert "4 janvier 2100 à Sète" in text.replace("\u00a0", " ")
    assert "Aucune séance n’a donné d’heures" in text
