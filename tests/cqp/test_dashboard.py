"""The page of the national figures and its objective."""

from datetime import timedelta

import pytest

from core import clock
from core.models import JournalEntry
from cqp.dashboard.models import Objective
from tests.factories import EnrollmentFactory, StructureFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.date_sensitive

MOST_QUERIES = 24


@pytest.fixture
def page(client, certifier):
    client.force_login(certifier)
    return client


def test_the_dashboard_can_be_read_at_a_past_date(page):
    EnrollmentFactory(enrolled_on=clock.today() - timedelta(days=3))

    text = page.get(f"/pilotage/?date={clock.today() - timedelta(days=4)}").text

    assert "Revenir à aujourd’hui" in text
    assert "<dd>0</dd>" in "".join(text.split())


@pytest.mark.parametrize("date", ["hier", "2026-02-31", "9999-12-31", "\x00", "2026-13-01"])
def test_a_date_that_makes_no_sense_is_told_and_todays_figures_are_shown(page, date):
    answer = page.get("/pilotage/", {"date": date})

    assert answer.status_code == 422
    assert "Aujourd’hui" in answer.text or "chiffres de ce jour" in answer.text


def test_the_dashboard_asks_as_many_questions_whatever_the_country(page, django_assert_max_num_queries):
    asked = []
    for more in (1, 2):
        for _ in range(more):
            EnrollmentFactory(structure=StructureFactory())
            certificate_of()
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            page.get("/pilotage/")
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_curve_is_an_image_that_says_its_type(page):
    answer = page.get("/pilotage/courbe.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.lstrip().startswith(b"<svg")


def test_a_new_objective_is_kept_beside_the_old_one_and_journaled(page, certifier):
    facts = {"target": 5000, "starts_on": "2026-01-01", "ends_on": "2028-12-31", "source": "CPNEF, juin"}

    page.post("/pilotage/objectif/", facts)
    page.post("/pilotage/objectif/", facts | {"target": 6000})

    assert list(Objective.objects.values_list("target", flat=True)) == [6000, 5000]
    assert JournalEntry.objects.filter(action="cqp.objective.set", actor=certifier).count() == 2


def test_an_objective_that_ends_before_it_starts_is_refused_and_kept_on_the_page(page):
    facts = {"target": 5000, "starts_on": "2028-01-01", "ends_on": "2026-12-31", "source": "CPNEF"}

    answer = page.post("/pilotage/objectif/", facts)

    assert answer.status_code == 422
    assert "finir après avoir commencé" in answer.text
    assert 'value="5000"' in answer.text
    assert not Objective.objects.exists()
