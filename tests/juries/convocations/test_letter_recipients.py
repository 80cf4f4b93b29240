"""Who is written to, and who is not: each from a session of its own."""

import pytest

from juries.enums import LetterKind, LetterState
from juries.models import Letter
from juries.services.sessions import (
    cancel_session,
    change_meeting,
    convene,
)
from structures.enums import Role
from tests.factories import MembershipFactory, UserFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

PLACE = {"venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"}


def test_a_candidate_nobody_can_reach_is_told_to_the_certifier_with_the_reason(run_work):
    builders.convened()
    run_work()

    letter = Letter.objects.get(kind=LetterKind.CANDIDATE)

    assert letter.state == LetterState.FAILED
    assert "imprimez la lettre" in letter.failure


def test_a_letter_that_did_not_leave_is_put_right_without_another_one():
    session = builders.convened()
    letter = Letter.objects.get(kind=LetterKind.CANDIDATE)

    change_meeting(session=session, held_on=session.held_on, by=session.planned_by, **PLACE)

    letter.refresh_from_db()
    assert letter.content["venue"] == "Lycée de la Mer"
    assert Letter.objects.filter(kind=LetterKind.CANDIDATE).count() == 1


def test_a_session_cancelled_before_its_letters_left_writes_to_nobody(mailoutbox, run_work):
    session = builders.convened()

    cancel_session(session=session, reason="Tempête", by=session.planned_by)
    run_work()

    assert mailoutbox == []
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.USELESS}


def test_a_director_of_two_structures_has_one_letter(run_work):
    session, user = builders.planned(candidates=2), UserFactory()
    for candidate in session.candidates.all():
        MembershipFactory(structure=candidate.enrollment.structure, role=Role.DIRECTOR, user=user)

    convene(session=session, by=session.planned_by)

    letter = Letter.objects.get(kind=LetterKind.STRUCTURE)
    assert len(letter.content["candidates"]) == 2


def test_convening_costs_as_many_reads_with_one_candidate_as_with_four(django_assert_max_num_queries):
    small, large = builders.planned(), builders.planned(candidates=4, days=40)

    with django_assert_max_num_queries(100) as first:
        convene(session=small, by=small.planned_by)
    with django_assert_max_num_queries(100) as second:
        convene(session=large, by=large.planned_by)

    assert len(first) == len(second)
