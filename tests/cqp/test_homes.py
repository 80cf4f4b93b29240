"""What each role finds on its first page, and the page of one enrolment."""

from datetime import timedelta

import pytest

from core import clock
from evaluations.enums import DossierState
from structures.enums import Role
from tests.factories import (
    CandidateFactory,
    EnrollmentFactory,
    FrameworkFactory,
    JurorFactory,
    JurySessionFactory,
    MembershipFactory,
    PlanFactory,
    SeatFactory,
    UserFactory,
    seal_anyhow,
)
from trainees.enums import EnrollmentStep

pytestmark = pytest.mark.date_sensitive

MOST_QUERIES = 24


def home(client, user) -> str:
    client.force_login(user)
    return client.get("/").text


def test_the_header_names_the_roles_of_a_person_in_one_order(client, structure):
    director = MembershipFactory(structure=structure, role=Role.DIRECTOR).user
    JurorFactory(user=director)

    assert "<small>direction et jury</small>" in home(client, director)


def test_a_trainer_finds_who_was_not_evaluated_lately(client, trainer, enrollment):
    text = home(client, trainer)

    assert "Saisir la journée" in text
    assert str(enrollment.trainee) in text
    assert "Pas encore évalué" in text


def test_a_trainer_reads_that_the_contract_ends_before_the_hours_are_done(client, trainer, enrollment):
    PlanFactory(enrollment=enrollment)
    enrollment.done_production_minutes = 100 * 60
    enrollment.contract_end = clock.today() + timedelta(days=20)
    enrollment.save()

    assert "contrat jusqu’au" in home(client, trainer)


def test_a_director_finds_contracts_that_end_and_enrollments_without_plan(client, director, enrollment):
    enrollment.contract_end = clock.today() + timedelta(days=20)
    enrollment.save()

    text = home(client, director)

    assert "Contrats qui finissent avant un jury" in text
    assert "Sans plan de formation" in text


def test_a_director_with_nothing_to_do_is_told_so(client, director):
    assert "Rien n’attend aujourd’hui" in home(client, director)


def test_a_director_finds_the_dossiers_sent_back(client, director, certifier, enrollment):
    seal_anyhow(enrollment, state=DossierState.RETURNED, examined_at=clock.now(), examined_by=certifier)
    enrollment.step = EnrollmentStep.DOSSIER
    enrollment.save()

    assert "Dossiers renvoyés à compléter" in home(client, director)


def test_a_juror_finds_the_candidates_of_the_day(client, juror):
    session = JurySessionFactory()
    SeatFactory(session=session, juror=juror.juror)
    candidate = CandidateFactory(session=session)

    text = home(client, juror)

    assert str(candidate.enrollment.trainee) in text
    assert "0 appréciation" in text


def test_a_person_without_a_role_is_told_whom_to_ask(client, db):
    assert "n’a pas encore de rôle" in home(client, UserFactory())


def test_a_trainee_comes_straight_to_their_dossier(client, trainee_user):
    client.force_login(trainee_user)

    assert client.get("/")["Location"] == "/mon-dossier/"


def test_somebody_without_an_enrollment_has_no_dossier(client, certifier):
    client.force_login(certifier)

    assert client.get("/mon-dossier/").status_code == 404


@pytest.mark.parametrize("role", ["trainer", "director", "certifier"])
def test_a_home_asks_as_many_questions_for_one_trainee_and_for_three(
    client, request, structure, role, django_assert_max_num_queries
):
    FrameworkFactory()
    client.force_login(request.getfixturevalue(role))
    asked = []
    for more in (1, 2):
        for _ in range(more):
            PlanFactory(enrollment=EnrollmentFactory(structure=structure))
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            client.get("/")
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_page_of_an_enrollment_and_the_trainees_own_stay_under_25_queries(
    client, director, trainee_user, enrollment, django_assert_max_num_queries
):
    FrameworkFactory()
    PlanFactory(enrollment=enrollment)
    CandidateFactory(enrollment=enrollment)

    client.force_login(director)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(f"/salaries/{enrollment.pk}/")
    client.force_login(trainee_user)
    with django_assert_max_num_queries(MOST_QUERIES):
        own = client.get("/mon-dossier/")

    assert (page.status_code, own.status_code) == (200, 200)


def test_results_stay_unknown_to_the_structure_before_they_are_released(client, director, enrollment):
    FrameworkFactory()
    CandidateFactory(enrollment=enrollment)
    client.force_login(director)

    text = client.get(f"/salaries/{enrollment.pk}/").text

    assert "ne sont pas encore publiés" in text


def test_a_contract_that_ends_before_the_jury_is_told(client, director, enrollment):
    FrameworkFactory()
    enrollment.contract_end = clock.today() + timedelta(days=3)
    enrollment.save()
    CandidateFactory(
        enrollment=enrollment, session=JurySessionFactory(held_on=clock.today() + timedelta(days=9))
    )
    client.force_login(director)

    text = client.get(f"/salaries/{enrollment.pk}/").text

    assert "avant ce jury" in text
