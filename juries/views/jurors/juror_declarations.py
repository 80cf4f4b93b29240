"""What jurors declare: the days when they cannot sit, and where they work or worked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.formats import shortdate
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from juries.forms.jurors.juror_search import EmployerForm, UnavailabilityForm
from juries.models import Juror, PastEmployer, Unavailability
from juries.services.jurors.availability import note_unavailability, remove_unavailability, seats_to_give_up
from juries.services.jurors.employers import declare_employer, remove_employer


@require_http_methods(["GET", "HEAD", "POST"])
def juror_availability(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The unavailable days, and the form that adds more: for the juror themself and for the certifier."""
    juror = _fetch(request, pk)
    form = UnavailabilityForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            row = note_unavailability(juror=juror, by=request.user, **form.cleaned_data)
            messages.success(request, "C’est noté : ces jours-là, aucun jury ne sera proposé.")
            _warn_of_seats(request, row)
            return redirect("juries:juror_availability", pk=juror.pk)
    context = {
        "form": form,
        "juror": juror,
        "days": juror.unavailabilities.filter(ends_on__gte=clock.today()),
        "is_me": juror.user_id == request.user.pk,
    }
    return render(request, "juries/jurors/juror_availability.html", context, status=status_of(form))


def _warn_of_seats(request: AuthenticatedHttpRequest, row: Unavailability) -> None:
    for seat in seats_to_give_up(row):
        if seat.session.is_open_to_jurors or request.user.is_certifier:
            messages.warning(
                request,
                f"Une place est déjà prise ce jour-là : {seat.session.city}, {shortdate(seat.session.held_on)}. "
                "Elle est à confier à un autre juré.",
            )


@require_POST
def unavailability_remove(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(_of_visible(request, Unavailability), pk=pk)
    with refusal_in_messages(request):
        remove_unavailability(row=row, by=request.user)
        messages.success(request, "Ces jours sont de nouveau libres.")
    return redirect("juries:juror_availability", pk=row.juror_id)


@require_http_methods(["GET", "HEAD", "POST"])
def juror_employers(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Where a juror works or worked: they judge nobody of these structures."""
    juror = _fetch(request, pk)
    form = EmployerForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            row = declare_employer(juror=juror, by=request.user, **form.cleaned_data)
            messages.success(request, f"{row} est noté.")
            return redirect("juries:juror_employers", pk=juror.pk)
    context = {
        "form": form,
        "juror": juror,
        "employers": juror.employers.select_related("structure"),
        "is_me": juror.user_id == request.user.pk,
    }
    return render(request, "juries/jurors/juror_employers.html", context, status=status_of(form))


@require_POST
def employer_remove(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(_of_visible(request, PastEmployer).select_related("structure"), pk=pk)
    with refusal_in_messages(request):
        remove_employer(row=row, by=request.user)
        messages.success(request, f"{row} n’est plus sur la fiche.")
    return redirect("juries:juror_employers", pk=row.juror_id)


def _of_visible(request: AuthenticatedHttpRequest, model):
    return model.objects.filter(juror__in=Juror.objects.visible_to(request.user))


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Juror:
    return get_object_or_404(Juror.objects.visible_to(request.user).select_related("user"), pk=pk)
