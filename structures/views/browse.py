"""The structures a person may see, and the page of one of them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.models import JournalEntry
from structures.enums import StructureState
from structures.forms import StructureSearchForm
from structures.models import Structure
from structures.permissions import can_accredit, can_browse_structures, can_manage_team

PER_PAGE = 25
LINES_OF_HISTORY = 15


@require_safe
def structure_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not can_browse_structures(request.user):
        raise PermissionDenied("La liste des structures est ouverte à leurs équipes et au certificateur.")
    visible = Structure.objects.visible_to(request.user)
    form = StructureSearchForm(request.GET)
    found = form.narrow(visible).with_team_size().order_by("folded", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = visible.aggregate(
        total=Count("pk"), **{state.value: Count("pk", filter=Q(state=state)) for state in StructureState}
    )
    context = {
        "form": form,
        "page": page,
        "searched": bool(form.asked),
        "counts": counts,
        "may_register": can_accredit(request.user),
    }
    return render(request, "structures/structures/structure_list.html", context)


@require_safe
def structure_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    return show_structure(request, structure)


def show_structure(
    request: AuthenticatedHttpRequest, structure: Structure, status: int = 200
) -> HttpResponse:
    """The page of a structure, also shown again under the refusal of an act made from it."""
    context = {
        "structure": structure,
        "team": structure.memberships.current().select_related("user"),
        "history": JournalEntry.objects.about(structure.pk)[:LINES_OF_HISTORY],
        "may_accredit": can_accredit(request.user),
        "may_manage_team": can_manage_team(request.user, structure),
    }
    return render(request, "structures/structures/structure_detail.html", context, status=status)
