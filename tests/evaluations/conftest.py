"""An enrolment that has everything but what a test takes away from it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from evaluations.enums import SheetState, SignatureRole
from evaluations.models import Competency
from evaluations.services.dossiers import sign_dossier
from evaluations.services.evaluations import Observation, record_evaluations
from tests.factories import ExperienceSheetFactory, FrameworkFactory, ImmersionFactory, PlanFactory


@pytest.fixture
def complete_enrollment(enrollment, trainer, director):
    """Everything is there but the signatures."""
    FrameworkFactory()
    plan = PlanFactory(enrollment=enrollment)
    enrollment.done_production_minutes = plan.production_minutes
    enrollment.done_classroom_minutes = plan.classroom_minutes
    enrollment.done_immersion_minutes = plan.immersion_minutes
    enrollment.save()
    evaluate_all(enrollment, trainer)
    claimed = Competency.objects.get(code="9.1")
    validated = {"state": SheetState.VALIDATED, "validated_at": clock.now(), "validated_by": trainer}
    for n in range(3):
        sheet = ExperienceSheetFactory(
            enrollment=enrollment, title=f"Chantier {n + 1}", learnt="La précision", **validated
        )
        sheet.claims.create(competency=claimed, rank=3)
    ImmersionFactory(
        enrollment=enrollment,
        done_minutes=plan.immersion_minutes,
        confirmed_at=clock.now() - timedelta(days=9),
    )
    return enrollment


@pytest.fixture
def signed_enrollment(complete_enrollment, trainer, director):
    sign_all(complete_enrollment, trainer, director)
    return complete_enrollment


def queries_of(client, address) -> int:
    """How many queries a page takes, once what the process keeps is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def evaluate_all(enrollment, trainer, rank=3, situation="Taille de la haie du stade"):
    observations = [
        Observation(
            id=uuid4(),
            enrollment_id=enrollment.pk,
            competency_id=competency.pk,
            rank=rank,
            seen_on=clock.today(),
            situation=situation,
        )
        for competency in Competency.objects.for_enrollment(
            version=enrollment.framework_version, support_id=enrollment.support_id
        )
    ]
    assert not record_evaluations(observations=observations, by=trainer).refused


def sign_all(enrollment, trainer, director):
    trainee = str(enrollment.trainee)
    sign_dossier(
        enrollment=enrollment, role=SignatureRole.TRAINEE, signatory=trainee, in_presence=True, by=trainer
    )
    sign_dossier(enrollment=enrollment, role=SignatureRole.TRAINER, signatory=str(trainer), by=trainer)
    sign_dossier(enrollment=enrollment, role=SignatureRole.DIRECTOR, signatory=str(director), by=director)
