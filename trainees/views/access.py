"""How the views of this room let people in, and what they do with a form that a service may refuse."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.views.requests import AuthenticatedHttpRequest
from core.errors import DomainError
from structures.models import Membership, Structure
from trainees.models import Enrollment
from trainees.permissions import can_read_enrollment

TEAM_ONLY = "Cette page est réservée à l’équipe de la structure."


def visible_enrollment(request: AuthenticatedHttpRequest, pk: UUID) -> Enrollment:
    """The enrolment with its people, or a 404 for those who may not know of it."""
    return get_object_or_404(Enrollment.objects.visible_to(request.user).with_people(), pk=pk)


def enrollment_of_team(request: AuthenticatedHttpRequest, pk: UUID) -> Enrollment:
    """The enrolment, for those who may read all that the team writes about it."""
    enrollment = visible_enrollment(request, pk)
    require(can_read_enrollment(request.user, enrollment), TEAM_ONLY)
    return enrollment


def require(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)


def own_structures(request: AuthenticatedHttpRequest, *roles: str) -> list[Structure]:
    """The structures where the person holds one of `roles` today."""
    members = Membership.objects.current().filter(user=request.user, role__in=roles)
    return list(Structure.objects.filter(pk__in=members.values("structure")))


def chosen_structure(
    request: AuthenticatedHttpRequest, structures: list[Structure], refusal: str
) -> Structure:
    """The structure that the address names among one's own, the first by default; 403 without any."""
    require(bool(structures), refusal)
    wanted = request.GET.get("structure")
    if not wanted:
        return structures[0]
    for structure in structures:
        if str(structure.pk) == wanted:
            return structure
    raise Http404


def sent(request: HttpRequest):
    """What a form was sent with, even if nothing; None while the page is only read."""
    return request.POST if request.method == "POST" else None


def attempt(form: Form, act: Callable[[dict], object]) -> bool:
    """Whether a sent form was right and its act accepted; a refusal is shown at the top of the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, refusal.message.splitlines())
        return False
    return True


def status_of(*forms: Form) -> int:
    """422 for a page that shows a refused form again, 200 for a new one."""
    return 422 if any(form.is_bound for form in forms) else 200


def object_named(queryset, key: str | None):
    """The row that a parameter of the address names, or None for nothing, nonsense or somebody else's."""
    try:
        return queryset.filter(pk=key).first() if key else None
    except (ValidationError, ValueError):
        return None
