"""What the database refuses by itself, whoever writes: each limit is broken alone, with its French sentence."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from tests.factories import (
    EnrollmentFactory,
    ImmersionFactory,
    PlanFactory,
    StructureFactory,
    SupportFactory,
    TraineeFactory,
    TrainingSessionFactory,
    TutorAppraisalFactory,
    UserFactory,
)
from trainees.models import (
    Attendance,
    Enrollment,
    Immersion,
    MonthClosing,
    Pause,
    TrainingPlan,
    TrainingSession,
    TutorAppraisal,
)


def presence(**changes) -> Attendance:
    facts = {"place": "production", "session_minutes": 180, "minutes": 180, "absence": ""} | changes
    return Attendance(session=TrainingSessionFactory(), enrollment=EnrollmentFactory(), **facts)


def closing(**changes) -> MonthClosing:
    facts = {"month": clock.today().replace(day=1), "closed_by": UserFactory()} | changes
    return MonthClosing(enrollment=EnrollmentFactory(), **facts)


def a_pause(**changes) -> Pause:
    return Pause(enrollment=EnrollmentFactory(), **{"starts_on": clock.today(), "reason": "Congé"} | changes)


def plan(**changes) -> TrainingPlan:
    return PlanFactory.build(enrollment=EnrollmentFactory(), drawn_by=UserFactory(), **changes)


def immersion(**changes) -> Immersion:
    return ImmersionFactory.build(enrollment=EnrollmentFactory(), **changes)


def answer(**changes) -> TutorAppraisal:
    facts = {"answered_at": clock.now(), "objectives_reached": "yes", "signed_as": "Paul Tuteur"} | changes
    facts |= {"immersion": ImmersionFactory(), "asked_by": UserFactory()}
    return TutorAppraisalFactory.build(**facts)


def backwards_session() -> TrainingSession:
    structure = StructureFactory()
    return TrainingSessionFactory.build(structure=structure, trainer=UserFactory(), ends_at=time(8))


def twice(row):
    """A second row with the facts of one that is kept."""
    row.save()
    row.pk, row._state.adding = type(row)._meta.pk.get_default(), True
    return row


def enrol(**changes) -> Enrollment:
    return EnrollmentFactory.build(
        trainee=TraineeFactory(),
        structure=StructureFactory(),
        support=SupportFactory(),
        referent=UserFactory(),
        **changes,
    )


BREACHES = {
    "same person twice": (lambda: twice(TraineeFactory.build()), "déjà connue"),
    "sex unknown": (lambda: TraineeFactory.build(sex="X"), "F ou M"),
    "insee code": (lambda: TraineeFactory.build(birth_insee="34A01"), "INSEE"),
    "no name": (lambda: TraineeFactory.build(birth_name=""), "nom de naissance"),
    "two open enrollments": (lambda: twice(enrol()), "déjà un parcours"),
    "contract backwards": (lambda: enrol(contract_end=clock.today() - timedelta(days=900)), "après avoir commencé"),
    "36 hours a week": (lambda: enrol(weekly_hours=36), "35 heures"),
    "400 hours": (lambda: enrol(done_production_minutes=399 * 60, done_classroom_minutes=1), "399 heures"),
    "left without reason": (lambda: enrol(state="left", left_on=clock.today()), "motif"),
    "completed without date": (lambda: enrol(state="completed"), "sa date"),
    "two pauses": (lambda: twice(a_pause()), "déjà en pause"),
    "pause backwards": (lambda: a_pause(ends_on=clock.today() - timedelta(days=1)), "après avoir commencé"),
    "pause without reason": (lambda: a_pause(reason=""), "motif"),
    "revision twice": (lambda: twice(plan()), "révisé"),
    "two modalities": (lambda: plan(immersion_minutes=0), "en immersion"),
    "plan of 199 hours": (lambda: plan(production_minutes=79 * 60), "200 à 399"),
    "revision without reason": (lambda: plan(revision=2), "motif"),
    "session backwards": (backwards_session, "après avoir commencé"),
    "noted twice": (lambda: twice(presence()), "déjà inscrite"),
    "longer than the session": (lambda: presence(minutes=181), "ne dépasse pas"),
    "present and absent": (lambda: presence(absence="leave"), "motif de l’absence"),
    "neither": (lambda: presence(minutes=0), "motif de l’absence"),
    "month signed twice": (lambda: twice(closing()), "déjà signé"),
    "month of a tenth day": (lambda: closing(month=clock.today().replace(day=10)), "premier jour"),
    "reopened without reason": (lambda: closing(reopened_at=clock.now()), "motif"),
    "immersion backwards": (lambda: immersion(ends_on=clock.today() - timedelta(days=99)), "après avoir commencé"),
    "immersion without hours": (lambda: immersion(planned_minutes=0), "prévoit des heures"),
    "confirmed without hours": (lambda: immersion(confirmed_at=clock.now()), "porte ses heures"),
    "more than planned": (lambda: immersion(confirmed_at=clock.now(), done_minutes=36 * 60), "disent pourquoi"),
    "renewed without reason": (lambda: immersion(renews=ImmersionFactory()), "dit pourquoi"),
    "answered twice": (lambda: twice(answer()), "déjà répondu"),
    "two links": (lambda: twice(answer(answered_at=None, objectives_reached="")), "Un seul lien"),
    "answer unsigned": (lambda: answer(signed_as=""), "qui répond"),
    "answer withdrawn": (lambda: answer(revoked_at=clock.now()), "qui répond"),
    "link of no time": (lambda: answer(expires_at=clock.now() - timedelta(days=1)), "plus d’un instant"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses(name):
    make, words = BREACHES[name]
    row = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)

    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    assert words in " ".join(refusal.value.messages)
