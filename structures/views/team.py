"""The team of a structure, managed by its directors and by the certifier."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from structures.forms import MemberForm
from structures.models import Membership, Structure
from structures.permissions import can_manage_team
from structures.services.team import add_member, end_membership, invite_again
from structures.views.browse import show_structure

REFUSAL = "L’équipe d’une structure est tenue par sa direction."


@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    if not can_manage_team(request.user, structure):
        raise PermissionDenied(REFUSAL)
    form = MemberForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            membership = add_member(structure=structure, **form.cleaned_data, by=request.user)
            messages.success(request, _welcome(membership))
            return redirect("structures:detail", pk=structure.pk)
    context = {"form": form, "structure": structure}
    return render(request, "structures/team/member_add.html", context, status=status_of(form))


@require_POST
def member_end(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _change(request, pk, end_membership, "{user} a quitté ce rôle : son accès est fermé.")


@require_POST
def member_invite(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    return _change(request, pk, invite_again, "Une nouvelle invitation part vers {user.email}.")


def _change(request: AuthenticatedHttpRequest, pk: UUID, act: Callable, sentence: str) -> HttpResponse:
    memberships = Membership.objects.visible_to(request.user).select_related("structure", "user")
    membership = get_object_or_404(memberships, pk=pk)
    structure = membership.structure
    if not can_manage_team(request.user, structure):
        raise PermissionDenied(REFUSAL)
    with refusal_in_messages(request):
        act(membership=membership, by=request.user)
        messages.success(request, sentence.format(user=membership.user, structure=structure))
        if not Structure.objects.visible_to(request.user).filter(pk=structure.pk).exists():
            return redirect("home")
        return redirect("structures:detail", pk=structure.pk)
    return show_structure(request, structure, status=409)


def _welcome(membership: Membership) -> str:
    user = membership.user
    if user.has_usable_password():
        return f"{user} rejoint l’équipe et peut se connecter dès maintenant."
    return f"{user} rejoint l’équipe. Une invitation part vers {user.email}."
