from datetime import time, timedelta

import factory

from core import clock
from evaluations.enums import DossierState
from juries.enums import College, SessionState
from juries.models import Candidate, CertificationSettings, Juror, JurySession, Seat
from tests.factories.accounts import UserFactory
from tests.factories.evaluations import FrameworkFactory, seal_anyhow
from tests.factories.trainees import EnrollmentFactory


class CertificationSettingsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CertificationSettings
        django_get_or_create = ("version",)

    version = 1
    source = "Exemple"
    production_minutes = 60  # so that the scenes hold a candidate an hour
    signatory_name = "Dominique Signataire"
    signatory_quality = "Déléguée nationale"


class JurorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Juror

    user = factory.SubFactory(UserFactory)
    college = College.EMPLOYER
    organisation = "Entreprise d’ailleurs"
    region = "76"


class JurySessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JurySession

    held_on = factory.LazyFunction(clock.today)
    venue = "Maison des associations"
    postcode = "34200"
    city = "Sète"
    region = "76"
    state = SessionState.OPEN
    rules = factory.SubFactory(CertificationSettingsFactory)
    planned_by = factory.SubFactory(UserFactory)


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    session = factory.SubFactory(JurySessionFactory)
    juror = factory.SubFactory(JurorFactory)
    is_present = True


class CandidateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Candidate

    session = factory.SubFactory(JurySessionFactory)
    enrollment = factory.SubFactory(EnrollmentFactory)
    production_at = time(9)
    interview_at = time(14)

    @factory.lazy_attribute
    def dossier(self):
        FrameworkFactory()
        examined = {"examined_at": clock.now() - timedelta(days=20), "examined_by": UserFactory()}
        return seal_anyhow(self.enrollment, state=DossierState.ACCEPTED, **examined)
