"""Who may see what in the views of trainees."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.views.requests import AuthenticatedHttpRequest
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


def object_named(queryset, key: str | None):
    """The row that a parameter of the address names, or None for nothing, nonsense or somebody else's."""
    try:
        return queryset.filter(pk=key).first() if key else None
    except (ValidationError, ValueError):
        return None
