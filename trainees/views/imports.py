import zlib
from base64 import b64decode, b64encode
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.errors import DomainError
from core.formats import counted, plural
from structures.enums import Role
from structures.models import Structure
from trainees.forms.imports import ImportForm
from trainees.services.enrollments.identities import ANOTHER
from trainees.services.imports import (
    COLUMNS,
    MOST_BYTES,
    AmbiguousLetters,
    ImportRefused,
    PromotionRow,
    import_promotion,
    model_file,
    read_promotion,
)
from trainees.views.access import chosen_structure, own_structures, require

NEEDED = [column.heading for column in COLUMNS if column.required]
WELCOME = [column.heading for column in COLUMNS if not column.required]
DIRECTORS_ONLY = "Seule la direction d’une structure inscrit des salariés."


@require_http_methods(["GET", "HEAD", "POST"])
def import_trainees(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A promotion from a spreadsheet: read, shown, then written once confirmed. The preview writes nothing.

    The file comes back with the confirmation, and is read again whole: nothing is stored between the two.
    """
    structures = own_structures(request, Role.DIRECTOR)
    structure = chosen_structure(request, structures, DIRECTORS_ONLY)
    page = {"structure": structure, "structures": structures, "needed": NEEDED, "welcome": WELCOME}
    if request.method != "POST":
        return render(request, "trainees/imports/import.html", {**page, "form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    encoding = request.POST.get("encoding", "")
    try:
        content = _sent_content(request, form)
        promotion = read_promotion(structure=structure, content=content, encoding=encoding)
        if promotion.faults:
            raise ImportRefused(promotion.faults)
        if "confirmed" in request.POST:
            rows = [replace(row, person=request.POST.get(f"person-{row.line}", "")) for row in promotion.rows]
            return _written(request, structure, rows)
    except ImportRefused as refusal:
        refused = {**page, "form": ImportForm(), "faults": refusal.faults}
        return render(request, "trainees/imports/import.html", refused, status=422)
    except AmbiguousLetters as question:
        asked = {**page, "form": form, "question": question, "content": _packed(content)}
        return render(request, "trainees/imports/import.html", asked, status=422)
    except DomainError as refusal:
        form.errors["file"] = form.error_class([refusal.message])
        return render(request, "trainees/imports/import.html", {**page, "form": form}, status=422)
    context = {**page, "promotion": promotion, "content": _packed(content), "encoding": encoding}
    return render(request, "trainees/imports/import_preview.html", {**context, "another": ANOTHER})


@require_safe
def import_model(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The empty promotion to fill in."""
    require(bool(own_structures(request, Role.DIRECTOR)), DIRECTORS_ONLY)
    headers = {"Content-Disposition": 'attachment; filename="promotion-modele.csv"'}
    return HttpResponse(model_file(), content_type="text/csv; charset=utf-8", headers=headers)


def _sent_content(request: AuthenticatedHttpRequest, form: ImportForm) -> bytes:
    """The file just chosen, or the one that the preview gave back; never more than a promotion holds."""
    if "content" in request.POST:
        return _unpacked(request.POST["content"])
    if not form.is_valid():
        raise DomainError(" ".join(map(str, form.errors["file"])))
    return form.cleaned_data["file"].read(MOST_BYTES + 1)


def _written(
    request: AuthenticatedHttpRequest, structure: Structure, rows: list[PromotionRow]
) -> HttpResponse:
    count = len(import_promotion(structure=structure, rows=rows, by=request.user))
    are = "est" if count < 2 else "sont"
    messages.success(request, f"{counted(count, 'personne')} {are} inscrite{plural(count)} pour {structure}.")
    return redirect(reverse("trainees:list"))


def _packed(content: bytes) -> str:
    return b64encode(zlib.compress(content)).decode()


def _unpacked(text: str) -> bytes:
    try:
        return zlib.decompressobj().decompress(b64decode(text, validate=True), MOST_BYTES + 1)
    except (zlib.error, ValueError) as error:
        raise DomainError("Le fichier s’est perdu en chemin. Choisissez-le de nouveau.") from error
