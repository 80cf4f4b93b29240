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
from trainees.permissions import can_end_path, can_transfer
from trainees.queries.hours.forecast import forecasts, planned_minutes, with_plan
from trainees.queries.hours.forecast_sentences import advice_of, sentence_of

MOST_MISSING = 3
MOST_LINES = 20


@require_safe
def trainee_page(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The whole path of one trainee on a page that can be printed and handed over."""
    paths = with_plan(Enrollment.objects.visible_to(request.user).with_people())
    path = get_object_or_404(paths, pk=pk)
    if path.trainee.user_id == request.user.pk:
        return redirect("my_dossier")
    forecast = forecasts([path], clock.today()).get(path.pk)
    gateway = read_gateway(path)
    missing = [piece for piece in gateway.pieces if not piece.ok]
    candidacies = candidacies_of(path, request.user)
    context = {
        "path": path,
        "missing": missing[:MOST_MISSING],
        "missing_more": len(missing) - MOST_MISSING,
        "gateway": gateway,
        "planned": planned_minutes(path),
        "forecast": forecast,
        "outlook": sentence_of(forecast) if forecast else "",
        "advice": advice_of(forecast) if forecast else [],
        "next_juries": next_juries(path, forecast, [row.candidate for row in candidacies]),
        "booklets": read_booklets(path),
        "sheets": ExperienceSheet.objects.filter(enrollment=path).prefetch_related("photos"),
        "candidacies": candidacies,
        "certificates": certificates_of(path, request.user),
        "history": JournalEntry.objects.about(path.pk)[:MOST_LINES],
        "may_evaluate": path.is_open and can_evaluate(request.user, path),
        "may_direct": path.is_open and can_end_path(request.user, path),
        "may_transfer": path.is_open and can_transfer(request.user, path),
    }
    return render(request, "cqp/home/trainee.html", context)
