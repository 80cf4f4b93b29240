"""A trainee moves to another structure: the new team sees the whole enrolment, the old one nothing newer."""

import pytest

from evaluations.models import Evaluation
from structures.enums import Role
from tests.factories import EvaluationFactory, MembershipFactory, StructureFactory, TrainingSessionFactory
from trainees.models import Attendance, PastPlacement
from trainees.services.enrollments import transfer


@pytest.fixture
def welcome(db, enrollment):
    """The structure that takes the trainee in, and its trainer."""
    host = StructureFactory(name="Le Moulin")
    host.supports.add(enrollment.support)
    return host, MembershipFactory(structure=host, role=Role.TRAINER).user


@pytest.fixture
def moved(enrollment, trainer, certifier, welcome):
    """The enrolment after a session and an evaluation at home, then the move, then an evaluation there."""
    host, newcomer = welcome
    session = TrainingSessionFactory(structure=enrollment.structure, trainer=trainer, theme="La taille")
    Attendance.objects.create(
        session=session, enrollment=enrollment, place=session.place, session_minutes=180, minutes=180
    )
    EvaluationFactory(enrollment=enrollment, evaluator=trainer, situation="Au verger")
    transfer(enrollment=enrollment, structure=host, referent=newcomer, by=certifier)
    enrollment.refresh_from_db()
    EvaluationFactory(enrollment=enrollment, evaluator=newcomer, situation="À la cuisine")
    return enrollment


def test_the_new_team_sees_the_whole_enrollment(client, moved, welcome):
    client.force_login(welcome[1])

    seen = Evaluation.objects.visible_to(welcome[1]).filter(enrollment=moved)
    hours = client.get(f"/salaries/{moved.pk}/heures/").text

    assert {fact.situation for fact in seen} == {"Au verger", "À la cuisine"}
    assert "La taille" in hours


def test_the_old_team_does_not_find_the_enrollment_any_more(client, moved, trainer):
    client.force_login(trainer)

    assert client.get(f"/salaries/{moved.pk}/").status_code == 404


def test_the_old_team_reads_what_was_done_with_it_and_nothing_newer(client, moved, trainer):
    client.force_login(trainer)
    placement = PastPlacement.objects.get()

    page = client.get(f"/salaries/sejours/{placement.pk}/").text

    assert "La taille" in page
    assert "Au verger" in page
    assert "À la cuisine" not in page


def test_the_old_team_finds_those_who_moved_below_its_crew(client, moved, trainer):
    client.force_login(trainer)

    page = client.get("/salaries/").text

    assert "1 personne continue dans une autre structure" in page.replace("\xa0", " ")
    assert f"/salaries/sejours/{PastPlacement.objects.get().pk}/" in page


def test_somebody_who_comes_back_is_of_the_crew_again(client, moved, trainer, certifier):
    moved.structure.supports.add(moved.support)
    home = PastPlacement.objects.get().structure
    home.supports.add(moved.support)
    transfer(enrollment=moved, structure=home, referent=trainer, by=certifier)
    client.force_login(trainer)

    page = client.get("/salaries/").text

    assert "dans une autre structure" not in page
    assert f"/salaries/{moved.pk}/" in page


def test_two_moves_make_two_past_placements_that_follow_each_other(moved, certifier, welcome):
    third = StructureFactory(name="La Forge")
    third.supports.add(moved.support)
    referent = MembershipFactory(structure=third).user

    transfer(enrollment=moved, structure=third, referent=referent, by=certifier)

    placements = sorted(
        moved.past_placements.all(), key=lambda placement: (placement.starts_on, placement.ends_on)
    )
    assert placements[0].ends_on == placements[1].starts_on
    assert {placement.structure.name for placement in placements} == {"Les Jardins du Lez", "Le Moulin"}


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_of_a_past_placement_takes_as_many_queries_for_one_as_for_three(
    size, client, enrollment, trainer, certifier, welcome, django_assert_num_queries
):
    for _ in range(size):
        EvaluationFactory(enrollment=enrollment, evaluator=trainer)
    transfer(enrollment=enrollment, structure=welcome[0], referent=welcome[1], by=certifier)
    client.force_login(trainer)

    with django_assert_num_queries(9):
        client.get(f"/salaries/sejours/{PastPlacement.objects.get().pk}/")
