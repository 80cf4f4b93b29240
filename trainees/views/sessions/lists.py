"""The sessions of one's structures: those whose roll is to be called, planned, held, cancelled."""

from datetime import timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from structures.enums import EVALUATING_ROLES
from trainees.enums import SessionState
from trainees.models import TrainingSession
from trainees.permissions import can_read_crews
from trainees.queries.sessions import missing_signatures
from trainees.rules.months import month_name
from trainees.views.access import own_structures, require

PER_PAGE = 30
MOST_TO_CALL = 12
TABS = {"": SessionState.HELD, "prevues": SessionState.PLANNED, "annulees": SessionState.CANCELLED}
NAMES = {
    SessionState.HELD: "Tenues",
    SessionState.PLANNED: "Prévues",
    SessionState.CANCELLED: "Annulées",
}
RECENT = timedelta(days=31)
"""How long missing signatures are recalled here, as on the phones."""


@require_safe
def session_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One state at a time (`?etat=`), month by month (`?mois=`); the rolls to call stand above for the teams."""
    require(can_read_crews(request.user), "Les séances sont réservées aux équipes des structures.")
    visible = TrainingSession.objects.visible_to(request.user)
    counts = dict(visible.order_by().values_list("state").annotate(Count("pk")))
    tab = request.GET.get("etat", "")
    state = TABS.get(tab, SessionState.HELD)
    ours = visible.filter(state=state)
    months = [(f"{month:%Y-%m}", month_name(month)) for month in ours.dates("held_on", "month", order="DESC")]
    chosen = request.GET.get("mois", "")
    if chosen in dict(months):
        year, month = map(int, chosen.split("-"))
        ours = ours.filter(held_on__year=year, held_on__month=month)
    page = Paginator(_annotated(ours, state), PER_PAGE).get_page(request.GET.get("page"))
    _count_unsigned(page)
    to_call = [] if request.user.is_certifier else _to_call(visible)
    context = {
        "page": page,
        "state": state,
        "tab": next(slug for slug, known in TABS.items() if known == state),
        "tabs": [(slug, NAMES[known], counts.get(known, 0)) for slug, known in TABS.items()],
        "months": months,
        "chosen": chosen,
        "to_call": to_call[:MOST_TO_CALL],
        "more_to_call": len(to_call) - MOST_TO_CALL,
        "today": clock.today(),
        "any": bool(counts),
        "may_log": bool(own_structures(request, *EVALUATING_ROLES)),
        "shows_structure": request.user.is_certifier,
    }
    return render(request, "trainees/sessions/session_list.html", context)


def _annotated(sessions: QuerySet, state: str) -> QuerySet:
    """The sessions of one state with what their rows show: the next first for those to come, else the latest."""
    sessions = sessions.select_related("structure", "trainer")
    if state == SessionState.HELD:
        return sessions.order_by("-held_on", "-starts_at", "pk").annotate(
            present=Count("attendances", filter=Q(attendances__minutes__gt=0)),
            noted=Count("attendances"),
            given=Sum("attendances__minutes", default=0),
        )
    order = ["held_on", "starts_at"] if state == SessionState.PLANNED else ["-held_on", "-starts_at"]
    return sessions.order_by(*order, "pk").annotate(awaited=Count("expected"))


def _to_call(visible: QuerySet) -> list[TrainingSession]:
    """Planned sessions of today or late, the oldest first."""
    late = visible.filter(state=SessionState.PLANNED, held_on__lte=clock.today())
    return list(_annotated(late, SessionState.PLANNED)[: MOST_TO_CALL * 5])


def _count_unsigned(page: Page) -> None:
    """How many half-days the trainees of recent sessions still have to sign."""
    recent = [row for row in page if row.held_on > clock.today() - RECENT and row.state == SessionState.HELD]
    missing = missing_signatures(recent) if recent else {}
    for row in page:
        row.unsigned = sum(1 for enrollment, _ in missing.get(row.pk, []) if enrollment)
