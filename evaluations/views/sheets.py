from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import read_reason, refusal_in_form, refusal_in_messages, sent, status_of
from evaluations.enums import SheetState
from evaluations.forms.sheets import PhotoForm, SheetForm
from evaluations.models import ExperienceSheet, Framework, MasteryLevel, SheetPhoto
from evaluations.permissions import can_change_sheet, can_validate_sheet, can_write_sheet
from evaluations.services.sheets import (
    MOST_PHOTOS,
    add_photo,
    change_sheet,
    remove_photo,
    return_sheet,
    submit_sheet,
    validate_sheet,
    write_sheet,
)
from trainees.models import Enrollment
from trainees.views.access import require, visible_enrollment

WRITERS = "Une fiche s’écrit par le salarié, ou par l’équipe de sa structure."
VALIDATORS = "Une fiche se valide par un encadrant ou un accompagnateur de la structure."


@require_safe
def sheet_list(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The experience sheets of one enrolment, as cards with their photo."""
    enrollment = visible_enrollment(request, pk)
    sheets = list(enrollment.sheets.prefetch_related("photos", "claims"))
    framework = Framework.objects.filter(version=enrollment.framework_version).first()
    context = {
        "enrollment": enrollment,
        "own": enrollment.trainee.user_id == request.user.pk,
        "sheets": sheets,
        "validated": sum(sheet.state == SheetState.VALIDATED for sheet in sheets),
        "required": framework.experience_sheets_required if framework else 0,
        "may_write": enrollment.is_open and can_write_sheet(request.user, enrollment),
    }
    return render(request, "evaluations/sheets/sheet_list.html", context)


@require_http_methods(["GET", "POST"])
def sheet_create(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Write a new sheet; it stays a draft until it is submitted."""
    enrollment = visible_enrollment(request, pk)
    require(can_write_sheet(request.user, enrollment), WRITERS)
    form = SheetForm(sent(request), enrollment=enrollment)

    def write(values: dict) -> ExperienceSheet:
        return write_sheet(enrollment=enrollment, **values, sheet_id=form.cleaned_data["id"], by=request.user)

    return _written(request, enrollment, form, write, "evaluations/sheets/sheet_create.html")


@require_http_methods(["GET", "POST"])
def sheet_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    sheet = _sheet(request, pk)
    enrollment = sheet.enrollment
    require(can_write_sheet(request.user, enrollment), WRITERS)
    form = SheetForm(sent(request), enrollment=enrollment, sheet=sheet)
    if request.method != "POST" and sheet.state != SheetState.DRAFT:
        return redirect("evaluations:sheet_detail", sheet.pk)

    def change(values: dict) -> ExperienceSheet:
        return change_sheet(sheet=sheet, **values, by=request.user)

    return _written(request, enrollment, form, change, "evaluations/sheets/sheet_edit.html", sheet=sheet)


def _written(
    request: AuthenticatedHttpRequest,
    enrollment: Enrollment,
    form: SheetForm,
    act: Callable[[dict], ExperienceSheet],
    template: str,
    **context,
) -> HttpResponse:
    """Show the form, or save and redirect to the sheet; a refusal keeps what was typed."""
    if form.is_valid():
        with refusal_in_form(form):
            sheet = act(form.values)
            messages.success(request, f"La fiche « {sheet.title} » est enregistrée.")
            return redirect("evaluations:sheet_detail", sheet.pk)
    context |= {"form": form, "enrollment": enrollment, "own": enrollment.trainee.user_id == request.user.pk}
    return render(request, template, context, status=status_of(form))


@require_safe
def sheet_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One experience, printable, with the acts that its state allows."""
    return _shown(request, _sheet(request, pk))


@require_POST
def sheet_submit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    sheet = _sheet(request, pk)
    require(can_write_sheet(request.user, sheet.enrollment), WRITERS)
    with refusal_in_messages(request):
        submit_sheet(sheet=sheet, by=request.user)
        messages.success(request, f"La fiche « {sheet.title} » est proposée à l’équipe.")
        return redirect("evaluations:sheet_detail", sheet.pk)
    return _shown(request, _sheet(request, pk), status=409)


@require_POST
def sheet_validate(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    sheet = _sheet(request, pk)
    require(can_validate_sheet(request.user, sheet), VALIDATORS)
    with refusal_in_messages(request):
        validate_sheet(sheet=sheet, by=request.user)
        messages.success(request, f"La fiche « {sheet.title} » est validée.")
        return redirect("evaluations:sheet_detail", sheet.pk)
    return _shown(request, _sheet(request, pk), status=409)


@require_POST
def sheet_return(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    sheet = _sheet(request, pk)
    require(can_validate_sheet(request.user, sheet), VALIDATORS)
    with refusal_in_messages(request):
        return_sheet(sheet=sheet, reason=read_reason(request), by=request.user)
        messages.success(request, f"La fiche « {sheet.title} » est rendue avec votre mot.")
        return redirect("evaluations:sheet_detail", sheet.pk)
    return _shown(request, _sheet(request, pk), status=409)


@require_POST
def photo_add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    sheet = _sheet(request, pk)
    require(can_write_sheet(request.user, sheet.enrollment), WRITERS)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_in_form(form):
            file, caption = form.cleaned_data["photo"], form.cleaned_data["caption"]
            add_photo(sheet=sheet, file=file, size=file.size, caption=caption, by=request.user)
            messages.success(request, "La photo est ajoutée.")
            return redirect("evaluations:sheet_detail", sheet.pk)
    return _shown(request, _sheet(request, pk), status=status_of(form), photo_form=form)


@require_POST
def photo_remove(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    photo = _photo(request, pk)
    require(can_write_sheet(request.user, photo.sheet.enrollment), WRITERS)
    with refusal_in_messages(request):
        remove_photo(photo=photo, by=request.user)
        messages.success(request, "La photo est retirée.")
        return redirect("evaluations:sheet_detail", photo.sheet_id)
    return _shown(request, _sheet(request, photo.sheet_id), status=409)


@require_safe
def photo(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The pixels of one photo, for those who see the sheet; kept by their browser alone."""
    row = _photo(request, pk)
    try:
        with row.image.open("rb") as file:
            pixels = file.read()
    except OSError as error:
        raise Http404("Le fichier de cette photo manque.") from error
    return HttpResponse(
        pixels,
        content_type="image/jpeg",
        headers={"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"},
    )


def _sheet(request: AuthenticatedHttpRequest, pk: UUID) -> ExperienceSheet:
    seen = ExperienceSheet.objects.visible_to(request.user).select_related(
        "enrollment__trainee", "enrollment__structure", "enrollment__support", "written_by", "validated_by"
    )
    return get_object_or_404(seen, pk=pk)


def _photo(request: AuthenticatedHttpRequest, pk: UUID) -> SheetPhoto:
    sheets = ExperienceSheet.objects.visible_to(request.user)
    seen = SheetPhoto.objects.filter(sheet__in=sheets).select_related(
        "sheet__enrollment__trainee", "sheet__enrollment__structure"
    )
    return get_object_or_404(seen, pk=pk)


def _shown(
    request: AuthenticatedHttpRequest,
    sheet: ExperienceSheet,
    *,
    status: int = 200,
    photo_form: PhotoForm | None = None,
) -> HttpResponse:
    enrollment = sheet.enrollment
    photos = list(sheet.photos.all())
    levels = {
        level.rank: level
        for level in MasteryLevel.objects.filter(framework__version=enrollment.framework_version)
    }
    may_change = enrollment.is_open and can_change_sheet(request.user, sheet)
    context = {
        "sheet": sheet,
        "enrollment": enrollment,
        "own": enrollment.trainee.user_id == request.user.pk,
        "photos": photos,
        "claims": [(claim, levels.get(claim.rank)) for claim in sheet.claims.select_related("competency")],
        "scale": len(levels),
        "may_change": may_change,
        "may_examine": enrollment.is_open
        and sheet.state == SheetState.SUBMITTED
        and can_validate_sheet(request.user, sheet),
        "photo_form": photo_form or (PhotoForm() if may_change and len(photos) < MOST_PHOTOS else None),
    }
    return render(request, "evaluations/sheets/sheet_detail.html", context, status=status)
