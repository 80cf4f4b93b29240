from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, sent, status_of
from juries.forms.sessions.settings import SettingsForm, grouped
from juries.models import CertificationSettings
from juries.permissions import can_plan_juries
from juries.services.sessions.settings import RULES, adopt_settings


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The rules in force, the versions before, and the form that adopts the next."""
    if not can_plan_juries(request.user):
        raise PermissionDenied("Les réglages des jurys sont adoptés par le certificateur.")
    current = CertificationSettings.in_force()
    proposed = {name: getattr(current, name) for name in RULES} if current else {}
    form = SettingsForm(sent(request), initial=proposed)
    if form.is_valid():
        with refusal_in_form(form):
            version = adopt_settings(by=request.user, **form.cleaned_data)
            messages.success(
                request,
                f"La version {version.version} est adoptée : elle vaut pour les sessions prévues désormais.",
            )
            return redirect("juries:settings")
    context = {
        "form": form,
        "current": current,
        "facts": _facts_of(current) if current else [],
        "versions": CertificationSettings.objects.select_related("adopted_by"),
    }
    return render(request, "juries/sessions/settings.html", context, status=status_of(form))


def _facts_of(rules: CertificationSettings) -> list[tuple[str, list[tuple[str, object]]]]:
    """Every rule of a version, with its French name, by what it is about."""
    return [(title, [(_label(name), _words(rules, name)) for name in names]) for title, _, names in grouped()]


def _label(name: str) -> str:
    return str(SettingsForm.base_fields[name].label)


def _words(rules: CertificationSettings, name: str) -> object:
    value = getattr(rules, name)
    shown = getattr(rules, f"get_{name}_display", None)
    if shown:
        return shown()
    if isinstance(value, bool):
        return "oui" if value else "non"
    if name == "partial_validity_months" and value is None:
        return "sans limite"
    if name == "colleague_years" and value is None:
        return "toujours"
    return value
