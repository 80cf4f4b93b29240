"""The layouts of certificates: all versions, one version, the draft that is written and previewed."""

import base64
from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from certificates.documents.layouts import first_layout
from certificates.documents.rendering.preview import LARGE, SMALL, picture_of
from certificates.enums import LayoutState
from certificates.forms.layouts import LayoutForm, SourceForm
from certificates.models import Certificate, CertificateLayout
from certificates.permissions import can_edit_layouts
from certificates.services.layouts import (
    Example,
    all_layouts,
    delete_draft,
    describe_versions,
    faults_of_layout,
    find_layout,
    publish_layout,
    sample_certificate,
    set_texts,
    start_draft,
    write_draft,
)
from core.errors import DomainError
from core.throttling import allows
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of

PICTURES_PER_MINUTE = 90
TOO_MANY = "Trop d’aperçus en une minute. Attendez un instant, puis redemandez-le."


@require_safe
def layout_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    _refuse_others(request)
    return _show_list(request)


@require_POST
def layout_start(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A draft from a published version."""
    _refuse_others(request)
    form = SourceForm(request.POST)
    source = form.cleaned_data["source"] if form.is_valid() else ""
    with refusal_in_messages(request):
        draft = start_draft(source=source, by=request.user)
        messages.success(
            request, f"Le brouillon {draft.version} est prêt. Rien ne change avant sa publication."
        )
        return redirect("certificates:layout_edit", version=draft.version)
    return _show_list(request, status=409)


@require_safe
def layout_detail(request: AuthenticatedHttpRequest, version: str) -> HttpResponse:
    """The texts and the look of a version; a draft with what keeps it from being published."""
    return _show_detail(request, _fetch(request, version))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def layout_edit(request: AuthenticatedHttpRequest, version: str) -> HttpResponse:
    layout = _fetch(request, version)
    form = LayoutForm(sent(request), request.FILES or None, instance=layout)
    if layout.state != LayoutState.DRAFT:
        messages.error(request, "Cette maquette est publiée\u00a0: elle ne change plus. Partez d’elle.")
        return _show_detail(request, layout, status=409)
    if form.is_valid():
        with refusal_in_form(form):
            write_draft(layout=layout, **form.texts, **form.images, by=request.user)
            messages.success(request, "La maquette est enregistrée, en brouillon.")
            return redirect("certificates:layout_detail", version=layout.version)
    return _show_editor(request, layout, form, status=status_of(form))


@require_POST
@never_cache
def layout_preview(request: AuthenticatedHttpRequest, version: str) -> HttpResponse:
    """The texts and images of the form, as they would print; nothing is stored. htmx asks for the picture alone."""
    layout = _fetch(request, version)
    form = LayoutForm(request.POST, request.FILES, instance=layout)
    preview = _preview(request, layout, form) if form.is_valid() else Preview(_faults_of(form), 422)
    context = {"picture": preview.picture, "faults": preview.faults}
    if request.htmx:
        status = 409 if preview.status == 429 else preview.status
        return render(request, "certificates/layouts/layout_preview.html", context, status=status)
    return _show_editor(request, layout, form, status=preview.status, **context)


@require_safe
@never_cache
def layout_picture(request: AuthenticatedHttpRequest, version: str) -> HttpResponse:
    """A stored version, on the certificate of an invented person."""
    layout = _fetch(request, version)
    certificate = sample_certificate(layout, _example(request.GET.get("exemple", "")))
    return answer_picture(request, certificate, layout, small=request.GET.get("taille") == "petite")


def answer_picture(
    request: AuthenticatedHttpRequest, certificate: Certificate, layout: CertificateLayout, *, small: bool
) -> HttpResponse:
    """The picture itself; 429 where one person asks for too many, 503 where it cannot be rendered now."""
    if not _within_limits(request):
        return HttpResponse(TOO_MANY, status=429, content_type="text/plain; charset=utf-8")
    try:
        content = picture_of(certificate, layout, width=SMALL if small else LARGE)
    except DomainError as error:
        return HttpResponse(error.message, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(content, content_type="image/webp")


@require_POST
def layout_publish(request: AuthenticatedHttpRequest, version: str) -> HttpResponse:
    layout = _fetch(request, version)
    with refusal_in_messages(request):
        publish_layout(layout=layout, by=request.user)
        messages.success(
            request,
            f"La maquette {version} est publiée. Pour qu’elle serve, choisissez-la dans les réglages des jurys.",
        )
        return redirect("certificates:layout_detail", version=version)
    return _show_detail(request, find_layout(version) or layout, status=409)


@require_POST
def layout_delete(request: AuthenticatedHttpRequest, version: str) -> HttpResponse:
    layout = _fetch(request, version)
    with refusal_in_messages(request):
        delete_draft(layout=layout, by=request.user)
        messages.success(request, f"Le brouillon {version} est supprimé.")
        return redirect("certificates:layout_list")
    return _show_detail(request, find_layout(version) or layout, status=409)


@dataclass(frozen=True)
class Preview:
    """A WebP picture in base 64, empty where none could be made, and what would keep the draft from being published."""

    faults: list[str]
    status: int
    picture: str = ""


def _preview(request: AuthenticatedHttpRequest, layout: CertificateLayout, form: LayoutForm) -> Preview:
    """The picture of what was typed, with what would keep it from being published."""
    if not _within_limits(request):
        return Preview([TOO_MANY], 429)
    try:
        typed = set_texts(copy(layout), **form.texts)
        for name, content in (("logo", form.images["logo"]), ("signature", form.images["signature"])):
            if content is not None:
                setattr(typed, name, ContentFile(content, f"{name}.png") if content else "")
        picture = picture_of(sample_certificate(typed, _example(form.cleaned_data["example"])), typed)
    except DomainError as error:
        return Preview([error.message], 422)
    return Preview(faults_of_layout(typed), 200, base64.b64encode(picture).decode())


def _faults_of(form: LayoutForm) -> list[str]:
    return [
        f"{form.fields[name].label}\u00a0: {' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
    ]


def _example(asked: str) -> str:
    return asked if asked in Example.values else Example.USUAL


def _within_limits(request: AuthenticatedHttpRequest) -> bool:
    return allows("picture", str(request.user.pk), limit=PICTURES_PER_MINUTE, seconds=60)


def _show_list(request: AuthenticatedHttpRequest, *, status: int = 200) -> HttpResponse:
    versions = describe_versions(all_layouts())
    return render(request, "certificates/layouts/layout_list.html", {"versions": versions}, status=status)


def _show_detail(
    request: AuthenticatedHttpRequest, layout: CertificateLayout, *, status: int = 200
) -> HttpResponse:
    [version] = describe_versions([layout])
    context = {
        "layout": layout,
        "is_draft": layout.state == LayoutState.DRAFT,
        "is_first": layout.version == first_layout().version,
        "in_force": version.in_force,
        "certificates": version.certificates,
        "faults": faults_of_layout(layout) if layout.state == LayoutState.DRAFT else [],
        "texts": [
            ("Phrase d’introduction", layout.intro),
            ("Titre des domaines", layout.domains_heading),
            ("Mention en bas de page", layout.closing or "aucune"),
            ("Logo", "oui" if layout.logo else "aucun"),
            ("Signature du certificateur", "oui" if layout.signature else "aucune"),
        ],
    }
    return render(request, "certificates/layouts/layout_detail.html", context, status=status)


def _show_editor(
    request: AuthenticatedHttpRequest, layout: CertificateLayout, form: LayoutForm, *, status: int, **seen
) -> HttpResponse:
    context = {"layout": layout, "form": form, "sent_images": bool(request.FILES), **seen}
    return render(request, "certificates/layouts/layout_edit.html", context, status=status)


def _fetch(request: AuthenticatedHttpRequest, version: str) -> CertificateLayout:
    _refuse_others(request)
    layout = find_layout(version)
    if layout is None:
        raise Http404
    return layout


def _refuse_others(request: AuthenticatedHttpRequest) -> None:
    if not can_edit_layouts(request.user):
        raise PermissionDenied("Les maquettes de certificat sont écrites et publiées par le certificateur.")
