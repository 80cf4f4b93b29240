"""The page of a session, shown by every view that acts on it and may be refused."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.views.requests import AuthenticatedHttpRequest
from core.models import JournalEntry
from evaluations.enums import TestKind
from juries.enums import SESSION_MOVES, LetterKind, Presence, SessionState
from juries.models import Candidate, JurySession, Letter
from juries.permissions import (
    can_open_session,
    can_plan_juries,
    can_release,
    is_seated,
)
from juries.services.convocations.deadlines import convening_notice
from juries.services.sessions.composer import JurorOption, next_jurors
from juries.services.sessions.overview import BEFORE_OPENING, Overview, my_appraisals, read_overview

JOURNAL_LINES = 12
MOST_PROPOSED = 3


def fetch_session(request: AuthenticatedHttpRequest, pk: UUID) -> JurySession:
    rows = JurySession.objects.visible_to(request.user).select_related("rules", "planned_by")
    return get_object_or_404(rows, pk=pk)


def refuse_but_planner(request: AuthenticatedHttpRequest) -> None:
    if not can_plan_juries(request.user):
        raise PermissionDenied("Composer et convoquer un jury revient au certificateur.")


def show_session(
    request: AuthenticatedHttpRequest, session: JurySession, *, status: int = 200
) -> HttpResponse:
    """The progress of the session, its next step, its jury and its candidates."""
    overview = read_overview(session)
    mine = my_appraisals(session, request.user)
    plans = can_plan_juries(request.user)
    context = {
        "session": session,
        "overview": overview,
        "candidates": [(row, mine.get(row.pk, {})) for row in overview.candidates],
        "plans": plans,
        "composes": plans and session.state in BEFORE_OPENING,
        "sits": is_seated(request.user, session),
        "may_open": can_open_session(request.user, session),
        "may_release": can_release(request.user, session),
        "may_cancel": plans and SessionState.CANCELLED in SESSION_MOVES[session.state],
        "to_appraise": _first_to_appraise(overview.candidates, mine),
        "notice": convening_notice(session) if plans else "",
        "may_move": plans and session.state in BEFORE_OPENING,
        "own_letter": _own_letter(request, session),
        "proposals": _proposals(request, overview, session) if plans else [],
        "reads_dossiers": session.is_open_to_jurors or plans,
        "history": JournalEntry.objects.about(session.pk)[:JOURNAL_LINES] if plans else [],
    }
    return render(request, "juries/sessions/session_detail.html", context, status=status)


def _own_letter(request: AuthenticatedHttpRequest, session: JurySession) -> Letter | None:
    """The convocation of the juror who looks: the copy that they hand to their employer."""
    rows = session.letters.in_force().filter(recipient=request.user, kind=LetterKind.JUROR)
    return rows.exclude(content={}).first()


def _proposals(
    request: AuthenticatedHttpRequest, overview: Overview, session: JurySession
) -> list[JurorOption]:
    """Who could take the seat that is free: a rule asks for one more, a juror has just left or may not stay."""
    asked = (
        request.GET.get("remplacer")
        or any(step.key == "seats" and not step.done for step in overview.steps)
        or any(row.conflicts or row.date_conflicts for row in overview.jurors)
    )
    if session.state not in BEFORE_OPENING or not asked:
        return []
    return [option for option in next_jurors(session) if option.is_free][:MOST_PROPOSED]


def _first_to_appraise(candidates: list[Candidate], mine: dict[UUID, dict[str, str]]) -> Candidate | None:
    """The first candidate of the day of whom this juror still owes an appraisal."""
    for row in candidates:
        handed = list(mine.get(row.pk, {}).values()).count("submitted")
        if row.presence != Presence.ABSENT and handed < len(TestKind):
            return row
    return None
