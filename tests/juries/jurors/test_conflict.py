"""What keeps a juror from judging: each rule found, and none invented."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import DomainError
from evaluations.enums import SheetState, SignatureRole
from evaluations.models import DossierSignature
from juries.enums import ConflictRule
from juries.models import DeclaredLink
from juries.services.jurors.conflicts import conflicts_of
from juries.services.sessions import add_candidate, convene, open_session, seat_juror
from tests.factories import (
    EnrollmentFactory,
    EvaluationFactory,
    ExperienceSheetFactory,
    JurorFactory,
    MembershipFactory,
    TrainingSessionFactory,
)
from tests.juries import builders
from trainees.enums import SessionPlace
from trainees.models import Attendance

pytestmark = pytest.mark.django_db


def trained(juror, enrollment):
    session = TrainingSessionFactory(trainer=juror.user, structure=enrollment.structure)
    Attendance.objects.create(
        session=session,
        enrollment=enrollment,
        place=SessionPlace.PRODUCTION,
        session_minutes=180,
        minutes=180,
    )


def evaluated(juror, enrollment):
    EvaluationFactory(enrollment=enrollment, evaluator=juror.user)


def signed(juror, enrollment):
    DossierSignature.objects.create(
        enrollment=enrollment, role=SignatureRole.TRAINER, signed_by=juror.user, signatory=str(juror)
    )


def validated_a_sheet(juror, enrollment):
    ExperienceSheetFactory(
        enrollment=enrollment, state=SheetState.VALIDATED, validated_by=juror.user, validated_at=clock.now()
    )


def referent(juror, enrollment):
    enrollment.referent = juror.user
    enrollment.save()


def works_there(juror, enrollment):
    MembershipFactory(user=juror.user, structure=enrollment.structure)


def worked_there(juror, enrollment):
    today = clock.today()
    MembershipFactory(
        user=juror.user,
        structure=enrollment.structure,
        starts_on=today - timedelta(days=900),
        ends_on=today - timedelta(days=800),
    )


def linked_to_the_structure(juror, enrollment):
    DeclaredLink.objects.create(juror=juror, structure=enrollment.structure, nature="Client")


def linked_to_the_person(juror, enrollment):
    DeclaredLink.objects.create(juror=juror, trainee=enrollment.trainee, nature="Famille")


def is_the_person(juror, enrollment):
    enrollment.trainee.user = juror.user
    enrollment.trainee.save()


TIES = {
    trained: ConflictRule.TRAINED,
    evaluated: ConflictRule.EVALUATED,
    signed: ConflictRule.SIGNED,
    validated_a_sheet: ConflictRule.SIGNED,
    referent: ConflictRule.REFERENT,
    works_there: ConflictRule.COLLEAGUE,
    worked_there: ConflictRule.COLLEAGUE,
    linked_to_the_structure: ConflictRule.LINK,
    linked_to_the_person: ConflictRule.LINK,
    is_the_person: ConflictRule.SELF,
}
each_tie = pytest.mark.parametrize("tie", TIES, ids=lambda tie: tie.__name__)


def test_strangers_have_no_conflict():
    assert conflicts_of([JurorFactory()], [EnrollmentFactory()]) == []


@each_tie
def test_each_tie_is_found_with_its_rule_and_its_sentence(tie):
    juror, enrollment = JurorFactory(), EnrollmentFactory()
    tie(juror, enrollment)

    (conflict,) = conflicts_of([juror, JurorFactory()], [enrollment, EnrollmentFactory()])

    assert conflict.rule == TIES[tie]
    assert conflict.juror == juror
    assert conflict.enrollment == enrollment
    assert str(juror) in conflict.sentence
    assert str(enrollment.trainee) in conflict.sentence


@each_tie
def test_a_juror_with_a_tie_gets_no_seat(tie):
    session = builders.planned()
    juror = JurorFactory()
    tie(juror, session.candidates.get().enrollment)

    with pytest.raises(DomainError, match="Choisissez un autre juré"):
        seat_juror(session=session, juror=juror, by=session.planned_by)

    assert session.seats.count() == 2


@each_tie
def test_a_candidate_with_a_tie_to_a_juror_is_not_added(tie):
    session = builders.planned()
    dossier = builders.accepted_dossier()
    tie(builders.other_juror(session), dossier.enrollment)

    with pytest.raises(DomainError, match="Remplacez ce juré"):
        add_candidate(session=session, dossier=dossier, by=session.planned_by)

    assert session.candidates.count() == 1


def test_a_tie_that_came_later_stops_the_convocation():
    session = builders.planned()
    linked_to_the_structure(builders.other_juror(session), session.candidates.get().enrollment)

    with pytest.raises(DomainError, match="a déclaré un lien"):
        convene(session=session, by=session.planned_by)


def test_a_tie_that_came_later_stops_the_opening():
    session = builders.convened(days=0)
    linked_to_the_person(builders.other_juror(session), session.candidates.get().enrollment)

    with pytest.raises(DomainError, match="a déclaré un lien"):
        open_session(session=session, by=session.planned_by)


def test_ties_with_an_earlier_enrollment_of_the_same_person_count():
    juror = JurorFactory()
    old = EnrollmentFactory(state="left", left_on=clock.today(), exit_reason=builders.exit_reason())
    evaluated(juror, old)
    new = EnrollmentFactory(trainee=old.trainee)

    (conflict,) = conflicts_of([juror], [new])

    assert conflict.rule == ConflictRule.EVALUATED


def test_looking_for_conflicts_costs_the_same_queries_whatever_the_numbers(django_assert_num_queries):
    jurors, enrollments = JurorFactory.create_batch(4), EnrollmentFactory.create_batch(5)
    trained(jurors[0], enrollments[0])

    with django_assert_num_queries(4):
        conflicts_of(jurors[:1], enrollments[:1])
    with django_assert_num_queries(4):
        conflicts_of(jurors, enrollments)
