from itertools import islice

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.forms import JournalSearchForm
from accounts.permissions import can_steer
from accounts.views.requests import AuthenticatedHttpRequest
from core.models import JournalEntry
from core.services.journal import broken_links

PER_PAGE = 50
FAULTS_SHOWN = 20


@require_safe
def journal(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who did what, newest first; with `?chaine=relire`, whether the whole chain is unbroken."""
    if not can_steer(request.user):
        raise PermissionDenied("Le journal de toute la certification est réservé au certificateur.")
    form = JournalSearchForm(request.GET)
    entries = form.narrow(JournalEntry.objects.visible_to(request.user))
    walked = "chaine" in request.GET
    context = {
        "form": form,
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "searched": bool(form.asked),
        "walked": walked,
        "faults": list(islice(broken_links(), FAULTS_SHOWN)) if walked else [],
    }
    return render(request, "accounts/journal/journal.html", context)
