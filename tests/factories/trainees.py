from datetime import date, time, timedelta

import factory

from core import clock
from tests.factories.accounts import UserFactory
from tests.factories.structures import StructureFactory, SupportFactory
from trainees.enums import ImmersionPurpose, SessionPlace, Sex, TrainingModule
from trainees.models import Enrollment, Immersion, Trainee, TrainingPlan, TrainingSession, TutorAppraisal


class TraineeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Trainee

    birth_name = factory.Sequence(lambda n: f"DUPONT{n}")
    first_names = "Samira"
    sex = Sex.FEMALE
    birth_date = date(1990, 5, 17)
    birth_place = "Sète"
    birth_insee = "34301"


class EnrollmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrollment

    trainee = factory.SubFactory(TraineeFactory)
    structure = factory.SubFactory(StructureFactory)
    support = factory.SubFactory(SupportFactory)
    referent = factory.SubFactory(UserFactory)
    contract_start = factory.LazyFunction(lambda: clock.today() - timedelta(days=200))
    contract_end = factory.LazyFunction(lambda: clock.today() + timedelta(days=160))
    weekly_hours = 26
    framework_version = "2026-1"
    enrolled_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=190))


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingPlan

    enrollment = factory.SubFactory(EnrollmentFactory)
    production_minutes = 130 * 60
    classroom_minutes = 85 * 60
    immersion_minutes = 35 * 60
    drawn_by = factory.SubFactory(UserFactory)


class TrainingSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingSession

    structure = factory.SubFactory(StructureFactory)
    trainer = factory.SubFactory(UserFactory)
    held_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=7))
    starts_at = time(9)
    ends_at = time(12)
    place = SessionPlace.PRODUCTION
    module = TrainingModule.PROFESSIONAL
    theme = "Tailler une haie"


class ImmersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Immersion

    enrollment = factory.SubFactory(EnrollmentFactory)
    host_name = "Jardins du Lez"
    tutor_name = "Paul Tuteur"
    purpose = ImmersionPurpose.DISCOVER
    objectives = "Découvrir le métier de jardinier"
    starts_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=40))
    ends_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))
    planned_minutes = 35 * 60


class TutorAppraisalFactory(factory.django.DjangoModelFactory):
    """A link that was sent to the tutor and waits for an answer."""

    class Meta:
        model = TutorAppraisal

    immersion = factory.SubFactory(ImmersionFactory)
    email = "paul@entreprise.example"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(clock.now)
    expires_at = factory.LazyAttribute(lambda row: row.asked_at + timedelta(days=30))
