"""Who a structure is: registered and corrected by the certifier."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, sent, status_of
from structures.forms import StructureForm
from structures.models import Structure
from structures.permissions import can_accredit
from structures.services.structures import change_structure, register_structure

REFUSAL = "L’inscription et les coordonnées des structures sont tenues par le certificateur."


@require_http_methods(["GET", "HEAD", "POST"])
def structure_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not can_accredit(request.user):
        raise PermissionDenied(REFUSAL)
    form = StructureForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            structure = register_structure(**form.cleaned_data, by=request.user)
            messages.success(request, f"{structure} est inscrite comme intéressée. Ajoutez sa direction.")
            return redirect("structures:detail", pk=structure.pk)
    context = {"form": form}
    return render(request, "structures/structures/structure_create.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def structure_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    if not can_accredit(request.user):
        raise PermissionDenied(REFUSAL)
    name = structure.name
    form = StructureForm(sent(request), instance=structure)
    if form.is_valid():
        with refusal_in_form(form):
            change_structure(structure=structure, **form.cleaned_data, by=request.user)
            messages.success(request, "Les coordonnées sont à jour.")
            return redirect("structures:detail", pk=structure.pk)
    context = {"form": form, "structure": structure, "name": name}
    return render(request, "structures/structures/structure_edit.html", context, status=status_of(form))
