from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.requests import AuthenticatedHttpRequest
from evaluations.models import Competency, Evaluation, MasteryLevel
from evaluations.permissions import can_evaluate, can_void_evaluation
from evaluations.queries.evaluations import SLUGS, read_booklet
from trainees.models import Enrollment


def _enrollment(request: AuthenticatedHttpRequest, pk: UUID) -> Enrollment:
    return get_object_or_404(Enrollment.objects.visible_to(request.user).with_people(), pk=pk)


@require_safe
def booklet(request: AuthenticatedHttpRequest, pk: UUID, family: str) -> HttpResponse:
    """One booklet (« cles » or « metier »): latest levels, progression and gaps; it prints on A4."""
    enrollment = _enrollment(request, pk)
    if family not in SLUGS:
        raise Http404("Il y a deux livrets : cles et metier.")
    own = enrollment.trainee.user_id == request.user.pk
    context = {
        "enrollment": enrollment,
        "booklet": read_booklet(enrollment, SLUGS[family]),
        "other_slug": next(slug for slug in SLUGS if slug != family),
        "own": own,
        "may_evaluate": enrollment.is_open and can_evaluate(request.user, enrollment),
    }
    template = "evaluations/evaluations/booklet_own.html" if own else "evaluations/evaluations/booklet.html"
    return render(request, template, context)


@require_safe
def competency_history(request: AuthenticatedHttpRequest, pk: UUID, competency: UUID) -> HttpResponse:
    """Every dated fact of one enrolment in one competency, those voided with their reason."""
    enrollment = _enrollment(request, pk)
    required = Competency.objects.for_enrollment(
        version=enrollment.framework_version, support_id=enrollment.support_id
    )
    row = get_object_or_404(required.select_related("domain__module"), pk=competency)
    facts = list(
        Evaluation.objects.filter(enrollment=enrollment, competency=row)
        .select_related("level", "own_level", "evaluator", "structure", "void__voided_by", "replaces")
        .order_by("-seen_on", "-recorded_at", "-pk")
    )
    valid = [fact for fact in facts if not hasattr(fact, "void")]
    latest = valid[0] if valid else None
    context = {
        "enrollment": enrollment,
        "competency": row,
        "facts": facts,
        "voidable": _voidable(facts, enrollment, request.user) if enrollment.is_open else set(),
        "latest": latest,
        "levels": MasteryLevel.objects.filter(framework__version=enrollment.framework_version).count(),
        "own": enrollment.trainee.user_id == request.user.pk,
        "slug": next(slug for slug, family in SLUGS.items() if family == row.domain.module.family),
        "may_evaluate": enrollment.is_open and can_evaluate(request.user, enrollment),
    }
    return render(request, "evaluations/evaluations/competency_history.html", context)


def _voidable(facts: list[Evaluation], enrollment: Enrollment, user: User) -> set[UUID]:
    """The ids that the person may void, asking once for their own and once for those of others."""
    answers: dict[bool, bool] = {}
    for fact in facts:
        fact.enrollment = enrollment
        is_author = fact.evaluator_id == user.pk
        if is_author not in answers:
            answers[is_author] = can_void_evaluation(user, fact)
    return {fact.pk for fact in facts if answers[fact.evaluator_id == user.pk] and not hasattr(fact, "void")}
