from django.db.models import Prefetch

from trainees.models import Enrollment, Immersion, TutorAppraisal


def list_immersions(enrollment: Enrollment) -> list[Immersion]:
    """The immersions of an enrolment, newest first, its `appraisals` being those that a tutor answered; two queries."""
    answered = Prefetch("appraisals", queryset=TutorAppraisal.objects.exclude(answered_at=None))
    return list(enrollment.immersions.prefetch_related(answered))
