from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import joined
from core.hashing import fingerprint
from core.services.journal import record
from juries.enums import SessionState
from juries.models import Candidate, JurySession, Minutes, Seat
from juries.services.locks import lock_candidates, move_session
from juries.services.results.decision_drafts import NOT_HEARD, departure_of, fault_of_presence
from juries.services.results.minutes.composing import (
    candidates_with_dossiers,
    compose,
    decisions_of,
)
from juries.services.results.quorum import (
    missing_appraisals,
    present_seats,
    refuse_but_president,
    refuse_without_quorum,
)


@transaction.atomic
def close_deliberation(*, session: JurySession, by: User) -> Minutes:
    """Close the deliberation: nothing changes afterwards, and the minutes are composed from the rows.

    Only the president, with the quorum there; refused while a candidate has no decision, or one that no
    longer agrees with the roll call. A second closing is refused.
    """
    session = move_session(session, SessionState.DELIBERATED, act="la clôture")
    lock_candidates(session)
    seats = present_seats(session)
    refuse_but_president(session, seats, by, "la clôture")
    refuse_without_quorum(session, seats)
    candidates, decisions = candidates_with_dossiers(session), decisions_of(session)
    _refuse_undecided(candidates, decisions, seats)
    session.deliberated_at = clock.now()
    session.save(update_fields=["state", "deliberated_at"])
    content = compose(session, candidates, decisions)
    minutes = Minutes.objects.create(session=session, content=content, content_sha256=fingerprint(content))
    record(
        action="juries.session.deliberated",
        subject=session,
        by=by,
        summary=f"{session} : délibération close, procès-verbal composé",
        data={"sha256": minutes.content_sha256},
        topic_id=session.pk,
    )
    return minutes


def _refuse_undecided(candidates: list[Candidate], decisions: dict, seats: list[Seat]) -> None:
    undecided = [str(row.enrollment.trainee) for row in candidates if row.pk not in decisions]
    if undecided:
        raise DomainError(f"Il manque la décision pour {joined(undecided)} : enregistrez-la avant de clore.")
    for row in candidates:
        decision = decisions[row.pk]
        fault = fault_of_presence(row, decision.outcome)
        if fault:
            raise DomainError(fault)
        missing = missing_appraisals(row, seats) if decision.outcome not in NOT_HEARD else []
        if missing:
            raise DomainError(
                f"Il manque une appréciation de {row.enrollment.trainee}, par {joined(missing)} : "
                "complétez-la ou corrigez l’appel avant de clore."
            )
        if decision.departure != departure_of(row, decision, seats):
            raise DomainError(
                f"L’avis des jurés sur {row.enrollment.trainee} n’est plus celui du moment de la décision : "
                "enregistrez-la de nouveau avant de clore."
            )
