from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from evaluations.forms.frameworks import CompetencyForm
from evaluations.models import Competency, Domain, Framework
from evaluations.services.frameworks import add_competency, change_competency, remove_competency
from evaluations.views.frameworks.versions import check_editor, editable


@require_http_methods(["GET", "POST"])
def competency_add(request: AuthenticatedHttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A new competency in one domain of a draft."""
    framework = editable(request, pk)
    domain = get_object_or_404(framework.domains.select_related("module", "framework"), number=number)
    form = CompetencyForm(sent(request), domain=domain)
    return _edit(
        request, domain, form, lambda: add_competency(domain=domain, text=form.text(), by=request.user)
    )


@require_http_methods(["GET", "POST"])
def competency_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    competency = _editable(request, pk)
    form = CompetencyForm(sent(request), domain=competency.domain, competency=competency)
    return _edit(
        request,
        competency.domain,
        form,
        lambda: change_competency(competency=competency, text=form.text(), by=request.user),
        competency,
    )


@require_http_methods(["GET", "POST"])
def competency_delete(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then take the competency out of the draft."""
    competency = _editable(request, pk)
    framework, status = competency.domain.framework, 200
    if request.method == "POST":
        with refusal_in_messages(request):
            remove_competency(competency=competency, by=request.user)
            messages.success(request, f"La compétence {competency.code} est retirée du brouillon.")
            return redirect("evaluations:framework_detail", framework.pk)
        status = 409
    context = {"competency": competency, "framework": framework}
    return render(request, "evaluations/frameworks/competency_delete.html", context, status=status)


def _editable(request: AuthenticatedHttpRequest, pk: UUID) -> Competency:
    visible = Competency.objects.filter(domain__framework__in=Framework.objects.visible_to(request.user))
    competency = get_object_or_404(visible.select_related("domain__module", "domain__framework"), pk=pk)
    check_editor(request.user)
    return competency


def _edit(
    request: AuthenticatedHttpRequest,
    domain: Domain,
    form: CompetencyForm,
    act,
    competency: Competency | None = None,
) -> HttpResponse:
    if form.is_valid():
        with refusal_in_form(form):
            saved = act()
            messages.success(request, f"La compétence {saved.code} est enregistrée.")
            return redirect("evaluations:framework_detail", domain.framework_id)
    context = {"form": form, "domain": domain, "framework": domain.framework, "competency": competency}
    return render(request, "evaluations/frameworks/competency_edit.html", context, status=status_of(form))
