from django.db.models import Prefetch

from trainees.models import Enrollment, Immersion, TutorAppraisal


def list_immersions(enrollment: Enrollment) -> list[Immersion]:
    """The immersions of a path, newest first, each with the tutor's word in `answers`; two queries."""
    answered = Prefetch(
        "appraisals", queryset=TutorAppraisal.objects.exclude(answered_at=None), to_attr="answers"
    )
    return list(enrollment.immersions.prefetch_related(answered))
