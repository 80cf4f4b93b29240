from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.models.folded import matching
from structures.enums import Role
from structures.models import Structure
from trainees.enums import OPEN_STATES, EnrollmentState
from trainees.forms.enrollments.filters import ANY_STATE, ENDING, HOURS, OPEN, CrewFilterForm
from trainees.models import Enrollment, PastPlacement
from trainees.models.enrollments.enrollment import SOON, EnrollmentQuerySet
from trainees.permissions import can_read_crews
from trainees.queries.enrollments import tell_apart
from trainees.queries.hours.forecast import forecasts, planned_minutes, with_plan
from trainees.rules.hours.forecast import Forecast
from trainees.views.access import own_structures, require

PER_PAGE = 25
MOST_MOVED = 50


@dataclass(frozen=True)
class CrewRow:
    """An enrolment of the list, with the minutes of its plan and its forecast if there are any."""

    enrollment: Enrollment
    planned_minutes: int | None
    forecast: Forecast | None


@require_safe
def crew_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The crew of one's structure, or everybody for the certifier: search, filters, hours, step, contract."""
    require(can_read_crews(request.user), "La liste des salariés est réservée aux équipes des structures.")
    structures = Structure.objects.visible_to(request.user)
    form = CrewFilterForm(request.GET, structures=structures)
    visible = Enrollment.objects.visible_to(request.user)
    words = form.chosen.get("q", "")
    enrollments = _filtered(visible.with_people(), form.chosen)
    page = Paginator(with_plan(enrollments), PER_PAGE).get_page(request.GET.get("page"))
    seen = forecasts(page, clock.today())
    tell_apart(row.trainee for row in page)
    context = {
        "page": page,
        "crew": [CrewRow(row, planned_minutes(row), seen.get(row.pk)) for row in page],
        "form": form,
        "hidden": visible.filter(_named(words)).count() - page.paginator.count if words else 0,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_enrol": bool(own_structures(request, Role.DIRECTOR)),
        "shows_structure": "structure" in form.fields,
        "moved": _moved(request.user),
    }
    return render(request, "trainees/enrollments/crew_list.html", context)


def _moved(user) -> QuerySet[PastPlacement]:
    """Those who continue in another structure, newest first; the certifier reads their enrolments themselves."""
    if user.is_certifier:
        return PastPlacement.objects.none()
    back = Enrollment.objects.visible_to(user).values("pk")
    placements = PastPlacement.objects.visible_to(user).exclude(enrollment__in=back)
    return placements.select_related("enrollment__trainee", "structure").order_by("-ends_on")[:MOST_MOVED]


def _filtered(enrollments: EnrollmentQuerySet, chosen: dict) -> EnrollmentQuerySet:
    state = chosen.get("state") or OPEN
    if state == OPEN:
        enrollments = enrollments.filter(state__in=OPEN_STATES)
    elif state != ANY_STATE:
        enrollments = enrollments.filter(state=EnrollmentState(state))
    if chosen.get("watch") == ENDING:
        enrollments = enrollments.ending_by(clock.today() + SOON)
    elif chosen.get("watch") == HOURS:
        enrollments = enrollments.with_hours_done()
    for name in ("step", "support", "structure"):
        if chosen.get(name):
            enrollments = enrollments.filter(**{name: chosen[name]})
    return enrollments.filter(_named(chosen.get("q", "")))


def _named(words: str) -> Q:
    return matching(words, "trainee__folded")
