"""Enrolments that are over."""

from core import clock
from trainees.enums import EnrollmentState
from trainees.models import ExitReason


def end_enrollment(enrollment):
    enrollment.state, enrollment.left_on = EnrollmentState.LEFT, clock.today()
    enrollment.exit_reason = ExitReason.objects.create(code="fin", name="Fin du contrat")
    enrollment.save()
