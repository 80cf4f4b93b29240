"""Archives of certificates: the certifier requests, follows and downloads them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import can_steer
from accounts.views.requests import AuthenticatedHttpRequest
from certificates.forms.archives import ArchiveForm
from certificates.models import Archive
from certificates.services.archives import (
    ArchiveProgress,
    download_archive,
    download_name,
    read_archives,
    request_archive,
    retry_archive,
)
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def archive_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Request an archive and follow the others; htmx asks for the progress alone."""
    _refuse_others(request)
    if request.htmx and request.method != "POST":
        return render(request, "certificates/archives/archive_lines.html", _progress(request))
    form = ArchiveForm(sent(request), initial={"batch_id": request.GET.get("lot")})
    if form.is_valid():
        with refusal_in_form(form):
            request_archive(by=request.user, **form.cleaned_data)
            messages.success(request, "C’est demandé : l’archive se prépare, vous pouvez quitter cette page.")
            return redirect("certificates:archive_list")
    return _page(request, form, status=status_of(form))


@require_safe
@never_cache
def archive_file(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, streamed; the journal records the download."""
    archive = _fetch(request, pk)
    with refusal_in_messages(request):
        file = download_archive(archive=archive, by=request.user)
        return FileResponse(file, as_attachment=True, filename=download_name(archive))
    return _page(request, ArchiveForm(), status=409)


@require_POST
def archive_retry(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    archive = _fetch(request, pk)
    with refusal_in_messages(request):
        retry_archive(archive=archive, by=request.user)
        messages.success(request, "L’archive est relancée.")
        return redirect("certificates:archive_list")
    return _page(request, ArchiveForm(), status=409)


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Archive:
    _refuse_others(request)
    return get_object_or_404(Archive.objects.visible_to(request.user), pk=pk)


def _page(request: AuthenticatedHttpRequest, form: ArchiveForm, *, status: int) -> HttpResponse:
    return render(
        request,
        "certificates/archives/archive_list.html",
        {"form": form, **_progress(request)},
        status=status,
    )


def _progress(request: AuthenticatedHttpRequest) -> dict[str, object]:
    archives = read_archives(request.user)
    moving = [one for one in archives if one.is_on_the_way]
    return {"archives": archives, "moving": moving, "interval": "15s" if all(map(_waits, moving)) else "2s"}


def _waits(archive: ArchiveProgress) -> bool:
    """Whether it failed and is tried again later."""
    return archive.next_try is not None


def _refuse_others(request: AuthenticatedHttpRequest) -> None:
    if not can_steer(request.user):
        raise PermissionDenied("Seul le certificateur rassemble les certificats.")
