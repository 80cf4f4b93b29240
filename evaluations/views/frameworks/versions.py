from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from evaluations.enums import FrameworkState, TestKind
from evaluations.forms.frameworks import DraftForm, VersionForm
from evaluations.models import Competency, Framework
from evaluations.permissions import can_edit_frameworks
from evaluations.services.frameworks import (
    change_draft,
    copy_framework,
    foresee_publication,
    foresee_retirement,
    load_example,
    missing_pieces,
    publish,
    retire,
)

OTHERS_READ = "Le référentiel est tenu par le certificateur : vous pouvez le lire, pas le modifier."


def check_editor(user) -> None:
    if not can_edit_frameworks(user):
        raise PermissionDenied(OTHERS_READ)


def editable(request: AuthenticatedHttpRequest, pk: UUID) -> Framework:
    """A version that the person sees and may change: 404, then 403."""
    framework = get_object_or_404(Framework.objects.visible_to(request.user), pk=pk)
    check_editor(request.user)
    return framework


@require_safe
def framework_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The versions of the référentiel, the newest first."""
    frameworks = (
        Framework.objects.visible_to(request.user)
        .annotate(competencies=Count("domains__competencies"))
        .order_by("-created_at")
    )
    context = {"frameworks": frameworks, "may_edit": can_edit_frameworks(request.user)}
    return render(request, "evaluations/frameworks/framework_list.html", context)


@require_safe
def framework_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One version whole: modules, domains, competencies by support, scale and grids; it prints as a booklet."""
    framework = get_object_or_404(Framework.objects.visible_to(request.user), pk=pk)
    may_edit = can_edit_frameworks(request.user)
    competencies = Competency.objects.select_related("support").order_by(
        F("support__name").asc(nulls_first=True), "code"
    )
    modules = framework.modules.prefetch_related(Prefetch("domains__competencies", queryset=competencies))
    criteria = list(framework.criteria.select_related("domain"))
    context = {
        "framework": framework,
        "modules": modules,
        "levels": framework.levels.all(),
        "judgements": framework.judgements.all(),
        "grids": [(kind.label, [row for row in criteria if row.test == kind]) for kind in TestKind],
        "may_edit": may_edit and framework.is_draft,
        "may_copy": may_edit,
        "may_retire": may_edit and framework.state == FrameworkState.PUBLISHED,
        "missing": missing_pieces(framework) if may_edit and framework.is_draft else [],
    }
    return render(request, "evaluations/frameworks/framework_detail.html", context)


@require_http_methods(["GET", "POST"])
def framework_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new draft, from the example file or from an existing version (`?modele=` proposes one)."""
    check_editor(request.user)
    form = VersionForm(sent(request), initial={"model": request.GET.get("modele")})
    if form.is_valid():
        with refusal_in_form(form):
            framework = _create(form.cleaned_data, request.user)
            messages.success(
                request, f"La version {framework.version} est créée. C’est un brouillon : relisez-le."
            )
            return redirect("evaluations:framework_detail", framework.pk)
    return render(
        request, "evaluations/frameworks/framework_create.html", {"form": form}, status=status_of(form)
    )


def _create(data: dict, by) -> Framework:
    if data["model"]:
        return copy_framework(framework=data["model"], version=data["version"], by=by)
    return load_example(version=data["version"], by=by)


@require_http_methods(["GET", "POST"])
def framework_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Change the fields of a draft: titles, notice, threshold, what a dossier must hold."""
    framework = editable(request, pk)
    form = DraftForm(sent(request), instance=framework)
    if form.is_valid():
        with refusal_in_form(form):
            change_draft(framework=framework, by=request.user, **form.cleaned_data)
            messages.success(request, f"La version {framework.version} est modifiée.")
            return redirect("evaluations:framework_detail", framework.pk)
    context = {"form": form, "framework": framework}
    return render(request, "evaluations/frameworks/framework_edit.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def framework_publish(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Show the consequences of publishing, then publish."""
    framework = editable(request, pk)
    status = 200
    if request.method == "POST":
        with refusal_in_messages(request):
            publish(framework=framework, by=request.user)
            messages.success(request, f"La version {framework.version} est publiée.")
            return redirect("evaluations:framework_detail", framework.pk)
        status = 409
    context = {"framework": framework, "foreseen": foresee_publication(framework)}
    return render(request, "evaluations/frameworks/framework_publish.html", context, status=status)


@require_http_methods(["GET", "POST"])
def framework_retire(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Show the consequences of retiring without a successor, then retire."""
    framework = editable(request, pk)
    status = 200
    if request.method == "POST":
        with refusal_in_messages(request):
            retire(framework=framework, by=request.user)
            messages.success(request, f"La version {framework.version} est retirée.")
            return redirect("evaluations:framework_detail", framework.pk)
        status = 409
    context = {"framework": framework, "foreseen": foresee_retirement(framework)}
    return render(request, "evaluations/frameworks/framework_retire.html", context, status=status)
