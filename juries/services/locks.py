"""Rows of a jury locked for the length of a transaction, in one order: session, jurors, candidates, enrolments."""

from collections.abc import Iterable

from django.db.models import QuerySet

from core.errors import StaleState
from juries.enums import SESSION_MOVES, SessionState
from juries.models import Candidate, Juror, JurySession
from trainees.models import Enrollment


def lock_session(session: JurySession, *states: str, act: str) -> JurySession:
    """The session as it is now, locked until the commit; refused unless it is in one of `states`."""
    locked = (
        JurySession.objects.select_for_update(of=("self",), no_key=True)
        .select_related("rules")
        .get(pk=session.pk)
    )
    if locked.state not in states:
        *others, last = [f"« {SessionState(state).label} »" for state in states]
        wanted = " ou ".join(part for part in (", ".join(others), last) if part)
        raise StaleState(
            f"Cette session est « {locked.get_state_display()} » : {act} demande une session {wanted}. "
            "Rechargez la page pour voir où elle en est."
        )
    return locked


def move_session(session: JurySession, state: str, *, act: str) -> JurySession:
    """The locked session, in its new state and not yet saved; refused when the move is not allowed."""
    before = [now for now, after in SESSION_MOVES.items() if state in after]
    locked = lock_session(session, *before, act=act)
    locked.state = state
    return locked


def lock_jurors(pks: Iterable) -> list[Juror]:
    """These jurors with their accounts: nobody gives them another seat, or takes their days, until the commit."""
    rows = Juror.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    return list(rows.filter(pk__in=list(pks)).order_by("pk"))


def lock_enrollments(pks: Iterable | QuerySet) -> None:
    """Lock these enrolments, in a stable order: none becomes a candidate elsewhere until the commit."""
    rows = Enrollment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk"))


def lock_candidates(session: JurySession) -> None:
    """Every candidate of a session, in a stable order: no appraisal moves until the commit."""
    list(session.candidates.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))


def lock_candidate(candidate: Candidate) -> Candidate:
    """One candidate, locked until the commit, with the session as it stands once the lock is held."""
    Candidate.objects.select_for_update(of=("self",), no_key=True).get(pk=candidate.pk)
    return Candidate.objects.select_related("session__rules", "enrollment__trainee").get(pk=candidate.pk)
