"""What a decision changes in the enrollment of its candidate."""

from uuid import UUID

from core import clock
from trainees.enums import EnrollmentState, EnrollmentStep
from trainees.models import Enrollment


def advance_enrollment(enrollment_id: UUID, *, certified: bool) -> None:
    """Complete an enrollment at the step of the certificate, or reopen it at the dossier for another attempt.

    An enrollment that was left keeps that state: only its step changes. A trainee with another open enrollment
    keeps this one completed.
    """
    enrollment = Enrollment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrollment_id)
    enrollment.step = EnrollmentStep.CERTIFICATE if certified else EnrollmentStep.DOSSIER
    if certified and enrollment.is_open:
        enrollment.pauses.filter(ends_on=None).update(ends_on=clock.today())
        enrollment.state, enrollment.completed_on = EnrollmentState.COMPLETED, clock.today()
    if (
        not certified
        and enrollment.state == EnrollmentState.COMPLETED
        and not _has_another_enrollment(enrollment)
    ):
        enrollment.state, enrollment.completed_on = EnrollmentState.ACTIVE, None
    enrollment.save(update_fields=["step", "state", "completed_on"])


def _has_another_enrollment(enrollment: Enrollment) -> bool:
    return Enrollment.objects.open().filter(trainee=enrollment.trainee_id).exclude(pk=enrollment.pk).exists()
