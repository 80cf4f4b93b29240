"""The sealing of a dossier."""

from django.db import transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.hashing import fingerprint
from core.services.journal import record
from core.services.work import schedule
from evaluations.models import Dossier
from evaluations.queries.dossiers import read_gateway
from evaluations.services.dossiers.snapshot import take_snapshot
from evaluations.tasks import render_dossier
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment
from trainees.services.locks import lock_open_enrollment

NAMED_AT_MOST = 3


@transaction.atomic
def seal_dossier(*, enrollment: Enrollment, by: User) -> Dossier:
    """Freeze what the enrolment holds into a numbered attempt, whose PDF is rendered in the background.

    Reads the gateway again behind the lock of the enrolment. Refused with what is missing, on a closed or
    suspended enrolment, while an attempt is under examination, and after one was accepted.
    """
    enrollment = lock_open_enrollment(enrollment)
    gateway = read_gateway(enrollment)
    if gateway.obstacle:
        raise StaleState(gateway.obstacle)
    if not gateway.ready:
        sentences = " ".join(piece.sentence for piece in gateway.missing[:NAMED_AT_MOST])
        raise DomainError(f"Le dossier n’est pas complet. {sentences}")
    snapshot = take_snapshot(enrollment, gateway, by=by)
    dossier = Dossier.objects.create(
        enrollment=enrollment,
        attempt=gateway.attempt,
        snapshot=snapshot,
        snapshot_sha256=fingerprint(snapshot),
        sealed_by=by,
    )
    enrollment.step = EnrollmentStep.DOSSIER
    enrollment.save(update_fields=["step"])
    record(
        action="evaluations.dossier.sealed",
        subject=dossier,
        by=by,
        summary=f"dossier de {enrollment.trainee} scellé, présentation {dossier.attempt}",
        data={"attempt": dossier.attempt, "sha256": dossier.snapshot_sha256},
        topic_id=enrollment.pk,
    )
    schedule(render_dossier, dossier.pk)
    return dossier
