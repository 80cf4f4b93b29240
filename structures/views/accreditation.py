"""The certifier's acts on a structure: accredit, suspend, resume, end, record a visit."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.formats import shortdate
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from structures.forms import AccreditationForm, ReasonForm, VisitForm
from structures.models import Structure
from structures.permissions import can_accredit
from structures.services import structures
from structures.views.browse import show_structure

REFUSAL = "L’agrément des structures est l’acte du certificateur."


@require_http_methods(["GET", "HEAD", "POST"])
def structure_accredit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        _fetch(request, pk),
        AccreditationForm(sent(request), initial={"starts_on": clock.today()}),
        template="structures/accreditation/structure_accredit.html",
        act=structures.accredit,
        success=lambda done: f"{done} est agréée jusqu’au {shortdate(done.accredited_until)}.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def structure_suspend(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        _fetch(request, pk),
        ReasonForm(sent(request)),
        template="structures/accreditation/structure_suspend.html",
        act=structures.suspend,
        success=lambda done: f"L’agrément de {done} est suspendu : elle n’inscrit plus personne.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def structure_end(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        _fetch(request, pk),
        ReasonForm(sent(request)),
        template="structures/accreditation/structure_end.html",
        act=structures.end_accreditation,
        success=lambda done: f"L’agrément de {done} est terminé.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def structure_visit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _answer(
        request,
        _fetch(request, pk),
        VisitForm(sent(request), initial={"visited_on": clock.today()}),
        template="structures/accreditation/structure_visit.html",
        act=structures.record_visit,
        success=lambda done: f"La visite du {shortdate(done.visited_on)} est notée.",
    )


@require_POST
def structure_resume(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    structure = _fetch(request, pk)
    with refusal_in_messages(request):
        structures.resume(structure=structure, by=request.user)
        messages.success(request, f"L’agrément de {structure} reprend : elle peut de nouveau inscrire.")
        return redirect("structures:detail", pk=structure.pk)
    return show_structure(request, structure, status=409)


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Structure:
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    if not can_accredit(request.user):
        raise PermissionDenied(REFUSAL)
    return structure


def _answer(
    request: AuthenticatedHttpRequest,
    structure: Structure,
    form: forms.Form,
    *,
    template: str,
    act: Callable[..., Structure],
    success: Callable[[Structure], str],
) -> HttpResponse:
    """Show the form of an act, or do the act with what the form says."""
    if form.is_valid():
        with refusal_in_form(form):
            done = act(structure=structure, **form.cleaned_data, by=request.user)
            messages.success(request, success(done))
            return redirect("structures:detail", pk=structure.pk)
    context = {"form": form, "structure": structure}
    return render(request, template, context, status=status_of(form))
