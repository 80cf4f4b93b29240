from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.models import JournalEntry
from cqp.home.queries.candidacies import candidacies_of, certificates_of
from cqp.home.queries.next_juries import next_juries
from evaluations.models import ExperienceSheet
from evaluations.permissions import can_evaluate
from evaluations.queries.dossiers import read_gateway
from evaluations.queries.evaluations import read_booklets
from trainees.models import Enrollment
from trainees.permissions import can_end_enrollment, can_transfer
from trainees.queries.hours.forecast import forecasts, planned_minutes, with_plan
from trainees.queries.hours.forecast_sentences import advice_of, sentence_of

MOST_MISSING = 3
MOST_LINES = 20


@require_safe
def trainee_page(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The whole enrolment of one trainee on a page that can be printed and handed over."""
    enrollments = with_plan(Enrollment.objects.visible_to(request.user).with_people())
    enrollment = get_object_or_404(enrollments, pk=pk)
    if enrollment.trainee.user_id == request.user.pk:
        return redirect("my_dossier")
    forecast = forecasts([enrollment], clock.today()).get(enrollment.pk)
    gateway = read_gateway(enrollment)
    missing = [piece for piece in gateway.pieces if not piece.ok]
    candidacies = candidacies_of(enrollment, request.user)
    context = {
        "enrollment": enrollment,
        "missing": missing[:MOST_MISSING],
        "missing_more": len(missing) - MOST_MISSING,
        "gateway": gateway,
        "planned": planned_minutes(enrollment),
        "forecast": forecast,
        "forecast_sentence": sentence_of(forecast) if forecast else "",
        "advice": advice_of(forecast) if forecast else [],
        "next_juries": next_juries(enrollment, forecast, [row.candidate for row in candidacies]),
        "booklets": read_booklets(enrollment),
        "sheets": ExperienceSheet.objects.filter(enrollment=enrollment).prefetch_related("photos"),
        "candidacies": candidacies,
        "certificates": certificates_of(enrollment, request.user),
        "history": JournalEntry.objects.about(enrollment.pk)[:MOST_LINES],
        "may_evaluate": enrollment.is_open and can_evaluate(request.user, enrollment),
        "may_direct": enrollment.is_open and can_end_enrollment(request.user, enrollment),
        "may_transfer": enrollment.is_open and can_transfer(request.user, enrollment),
    }
    return render(request, "cqp/home/trainee.html", context)
