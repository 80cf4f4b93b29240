from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from tests.factories import EnrollmentFactory, PlanFactory, TraineeFactory
from trainees.enums import EnrollmentState

LIST = reverse("trainees:list")


def test_the_list_asks_as_many_queries_for_one_person_as_for_three(
    count_queries, structure, director, certifier
):
    def grow(size: int) -> None:
        for enrollment in EnrollmentFactory.create_batch(size, structure=structure):
            PlanFactory(enrollment=enrollment)

    grow(1)
    one = {user: count_queries(user, LIST) for user in (director, certifier)}
    grow(2)

    for user, queries in one.items():
        assert count_queries(user, LIST) == queries <= 25


@pytest.mark.parametrize("words", ["lefèvre", "LEFÈVRE kévin", "kév", "pérès", "lefevre", "peres kevin"])
def test_a_search_finds_a_name_whatever_its_capitals_and_accents(page_of, structure, director, words):
    trainee = TraineeFactory(birth_name="LEFÈVRE", usage_name="PÉRÈS", first_names="Kévin")
    EnrollmentFactory(trainee=trainee, structure=structure)
    EnrollmentFactory(structure=structure)

    _, html = page_of(director, f"{LIST}?q={words}")

    assert "Kévin PÉRÈS" in html
    assert "Samira" not in html


def test_the_list_shows_open_enrollments_unless_asked_otherwise(page_of, structure, director):
    EnrollmentFactory(
        structure=structure,
        state=EnrollmentState.COMPLETED,
        completed_on=clock.today(),
        trainee__first_names="Lucie",
    )

    assert "Lucie" not in page_of(director, LIST)[1]
    assert "Lucie" in page_of(director, f"{LIST}?state=completed")[1]
    assert "Lucie" in page_of(director, f"{LIST}?state=all")[1]
    assert "Lucie" in page_of(director, f"{LIST}?state=all&step=enrolled")[1]


def test_what_the_filter_hides_of_a_search_is_one_link_away(page_of, structure, director):
    EnrollmentFactory(
        structure=structure,
        state=EnrollmentState.COMPLETED,
        completed_on=clock.today(),
        trainee__first_names="Lucie",
    )

    html = page_of(director, f"{LIST}?q=lucie&step=training")[1]

    assert '<a href="?q=lucie&amp;state=all">1\u00a0autre hors du filtre</a>' in html
    assert "hors du filtre" not in page_of(director, f"{LIST}?q=lucie&state=all")[1]


@pytest.mark.parametrize(
    "query", ["state=nonsense", "step=?", "support=1", "structure=x", "page=999", "page=x", "q=%00"]
)
def test_nonsense_in_the_address_is_ignored(page_of, enrollment, director, query):
    assert page_of(director, f"{LIST}?{query}")[0] == 200


def test_the_certifier_filters_by_structure(page_of, enrollment, certifier):
    other = EnrollmentFactory(trainee__first_names="Lucie")

    status, html = page_of(certifier, f"{LIST}?structure={other.structure_id}")

    assert status == 200
    assert "Lucie" in html
    assert "Samira" not in html


def test_a_team_sees_its_own_people_alone(page_of, enrollment, trainer, stranger):
    assert "Samira" in page_of(trainer, LIST)[1]
    assert "Samira" not in page_of(stranger, LIST)[1]


def test_a_contract_that_ends_too_early_is_told(page_of, enrollment, director):
    PlanFactory(enrollment=enrollment)
    enrollment.done_production_minutes = 60 * 60
    enrollment.contract_end = clock.today() + timedelta(days=10)
    enrollment.save()

    assert "avant la fin des heures" in page_of(director, LIST)[1]


def test_an_empty_list_teaches(page_of, structure, director, counsellor):
    assert "Inscrivez une première personne" in page_of(director, LIST)[1]
    assert "La direction de la structure les inscrit" in page_of(counsellor, LIST)[1]


@pytest.mark.parametrize("url", [LIST, reverse("trainees:session_list")])
def test_every_role_of_a_team_finds_the_sheets_of_the_month(
    page_of, enrollment, director, trainer, counsellor, url
):
    assert all(">Feuilles du mois</a>" in page_of(user, url)[1] for user in (director, trainer, counsellor))
