from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.emails import read_invitation_token
from accounts.forms import InvitationForm
from accounts.models import Invitation
from accounts.services import invitations
from core.errors import StaleState
from core.views.form_actions import refusal_in_form, sent, status_of


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of an invitation leads: names, a password, and the person is in."""
    invitation = read_invitation_token(token)
    if invitation is None:
        return _closed(request, status=404)
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        return _closed(request, status=410)
    form = InvitationForm(sent(request), user=invitation.user)
    if form.is_valid():
        del form.cleaned_data["again"]
        with refusal_in_form(form):
            try:
                user = invitations.accept_invitation(invitation=invitation, **form.cleaned_data)
            except StaleState:
                return _closed(request, status=410)
            login(request, user)
            messages.success(request, f"Bienvenue, {user.get_short_name()} : votre compte est ouvert.")
            return redirect("home")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/invitations/invitation_accept.html", context, status=status_of(form))


def _closed(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "accounts/invitations/invitation_closed.html", status=status)
