from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import can_steer
from accounts.views.requests import AuthenticatedHttpRequest
from certificates.documents.register.csv_export import register_lines
from certificates.forms.register import DuplicateForm, RegisterSearchForm, ReplacementForm, RevocationForm
from certificates.models import Certificate
from certificates.permissions import can_revoke
from certificates.services.register.downloads import (
    deliver_duplicate,
    download_certificate,
    duplicates_of,
    export_register,
)
from certificates.services.register.lines import (
    IDENTITY,
    replace_certificate,
    revoke_certificate,
)
from certificates.services.rendering.progress import rendering_of
from certificates.services.rendering.retries import retry_certificate
from core import clock
from core.formats import joined, longdate, shortdate
from core.models import JournalEntry
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of

PER_PAGE = 30


@require_safe
def certificate_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The register as far as this person may see it, newest first."""
    form = RegisterSearchForm(request.GET)
    certificates = form.narrow(Certificate.objects.visible_to(request.user))
    page = Paginator(certificates, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "certificates/register/certificate_list.html",
        {
            "form": form,
            "page": page,
            "searched": any(request.GET.get(name) for name in form.fields),
            "may_export": can_steer(request.user),
        },
    )


@require_safe
def certificate_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One line of the register: its content, its file, its history, and the actions that this person may take."""
    return _detail(request, _fetch(request, pk))


@require_safe
@never_cache
def certificate_file(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The file, to those who may see the line; the journal records the download."""
    certificate = _fetch(request, pk)
    with refusal_in_messages(request):
        content = download_certificate(certificate=certificate, by=request.user)
        return _pdf(content, certificate, "inline")
    return _detail(request, certificate, status=409)


@require_POST
def certificate_duplicate(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The same file, delivered again: the journal records who, when and why, and the page counts them."""
    certificate = _fetch_to_change(request, pk)
    form = DuplicateForm(request.POST)
    if not form.is_valid():
        return _detail(request, certificate, status=422, duplicate_form=form)
    with refusal_in_messages(request):
        content = deliver_duplicate(certificate=certificate, by=request.user, **form.cleaned_data)
        return _pdf(content, certificate, "attachment")
    return _detail(request, certificate, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_revoke(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    certificate = _fetch_to_change(request, pk)
    form = RevocationForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            revoke_certificate(certificate=certificate, by=request.user, **form.cleaned_data)
            messages.success(request, f"Le certificat {certificate} est révoqué : sa vérification le dit.")
            return redirect("certificates:certificate_detail", pk=certificate.pk)
    return _form_page(request, "certificates/register/certificate_revoke.html", certificate, form)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_replace(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    certificate = _fetch_to_change(request, pk)
    printed = {name: getattr(certificate, name) for name in IDENTITY}
    form = ReplacementForm(sent(request), initial=printed)
    if form.is_valid():
        changes = {name: form.cleaned_data[name] for name in IDENTITY}
        with refusal_in_form(form):
            new = replace_certificate(
                certificate=certificate, changes=changes, reason=form.cleaned_data["reason"], by=request.user
            )
            messages.success(request, f"Le certificat {new} remplace le {certificate}. Son fichier arrive.")
            return redirect("certificates:certificate_detail", pk=new.pk)
    return _form_page(request, "certificates/register/certificate_replace.html", certificate, form)


@require_POST
def certificate_retry(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    certificate = _fetch_to_change(request, pk)
    with refusal_in_messages(request):
        retry_certificate(certificate=certificate, by=request.user)
        messages.success(request, f"Le fichier du certificat {certificate} est relancé.")
        return redirect("juries:session_certificates", pk=certificate.batch_id)
    return _detail(request, _fetch(request, pk), status=409)


@require_safe
@never_cache
def register_csv(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    if not can_steer(request.user):
        raise PermissionDenied("Seul le certificateur exporte le registre.")
    lines = register_lines(export_register(by=request.user))
    name = f"registre-cqp-{clock.today().isoformat()}.csv"
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _pdf(content: bytes, certificate: Certificate, disposition: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'{disposition}; filename="{certificate.number}.pdf"'},
    )


def _detail(
    request: AuthenticatedHttpRequest, certificate: Certificate, *, status: int = 200, **more
) -> HttpResponse:
    context = _shown(request, certificate) | more
    return render(request, "certificates/register/certificate_detail.html", context, status=status)


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Certificate:
    rows = Certificate.objects.visible_to(request.user).select_related("replaced_by", "revoked_by")
    return get_object_or_404(rows, pk=pk)


def _fetch_to_change(request: AuthenticatedHttpRequest, pk: UUID) -> Certificate:
    certificate = _fetch(request, pk)
    if not can_revoke(request.user, certificate):
        raise PermissionDenied("Seul le certificateur révoque, remplace ou relance un certificat.")
    return certificate


def _shown(request: AuthenticatedHttpRequest, certificate: Certificate) -> dict[str, object]:
    history = JournalEntry.objects.visible_to(request.user).filter(subject_id=str(certificate.pk))
    return {
        "certificate": certificate,
        "details": printed_details(certificate),
        "rendering": rendering_of(certificate),
        "may_change": can_revoke(request.user, certificate),
        "history": history.order_by("-sequence"),
        "duplicates": duplicates_of(certificate),
        "duplicate_form": DuplicateForm(),
        "replaces": Certificate.objects.filter(replaced_by=certificate).first(),
    }


def printed_details(certificate: Certificate) -> list[tuple[str, str]]:
    """All that the certificate prints, as (label, value) pairs."""
    born = f"{shortdate(certificate.birth_date)}, {certificate.birth_place} ({certificate.birth_country})"
    return [
        ("Prénoms", certificate.first_names),
        ("Nom de naissance", certificate.birth_name),
        ("Nom d’usage", certificate.usage_name),
        ("Naissance", born.replace(",  (", " (")),
        ("Intitulé", certificate.title),
        ("Support de production", certificate.support_name),
        ("ROME", certificate.rome_codes),
        ("Domaines validés", joined(certificate.domains)),
        ("Structure", certificate.structure_name),
        ("Jury", f"{certificate.jury_place}, {longdate(certificate.jury_date)}"),
        ("Délivré le", shortdate(certificate.delivered_on)),
        ("Délivré par", certificate.certifier_name),
        ("Signataires", joined(f"{one['name']} ({one['quality']})" for one in certificate.signatories)),
        ("Référentiel", certificate.framework_version),
    ]


def _form_page(
    request: AuthenticatedHttpRequest, template: str, certificate: Certificate, form: Form
) -> HttpResponse:
    context = {"certificate": certificate, "form": form}
    return render(request, template, context, status=status_of(form))
