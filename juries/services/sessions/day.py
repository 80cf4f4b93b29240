"""The day itself: opening, and who is there."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import counted, longdate
from core.services.journal import record
from juries.enums import Presence, SessionState
from juries.models import Candidate, Juror, JurySession
from juries.services.locks import lock_candidates, lock_session, move_session
from juries.services.sessions.composition import active_seats, candidates_of, faults_of_composition


@transaction.atomic
def open_session(*, session: JurySession, by: User) -> JurySession:
    """Open the session, on its day or later. The composition is checked once more: a link may be new."""
    session = move_session(session, SessionState.OPEN, act="l’ouverture")
    if clock.today() < session.held_on:
        raise DomainError(f"Cette session s’ouvre le {longdate(session.held_on)}, pas avant.")
    faults = faults_of_composition(session, active_seats(session), candidates_of(session))
    if faults:
        raise DomainError(" ".join(faults))
    session.opened_at = clock.now()
    session.save(update_fields=["state", "opened_at"])
    record(
        action="juries.session.opened",
        subject=session,
        by=by,
        summary=f"{session} : session ouverte",
        topic_id=session.pk,
    )
    return session


@transaction.atomic
def record_presence(
    *,
    session: JurySession,
    jurors_present: Iterable[Juror],
    candidates_absent: Iterable[Candidate],
    by: User,
) -> JurySession:
    """Write who is there: the jurors named, and every candidate but those named. May be done again.

    Refused: someone who is not of this session, a candidate called absent who was already appraised.
    """
    session = lock_session(session, SessionState.OPEN, act="l’appel")
    present = {juror.pk for juror in jurors_present}
    absent = {candidate.pk for candidate in candidates_absent}
    lock_candidates(session)
    seats, candidates = active_seats(session), candidates_of(session)
    _refuse_outsiders(present, absent, seats, candidates)
    judged = set(
        session.candidates.filter(appraisals__submitted_at__isnull=False).values_list("pk", flat=True)
    )
    for row in candidates:
        if row.pk in absent & judged:
            raise DomainError(
                f"{row.enrollment.trainee} a déjà été apprécié par un juré : "
                "cette personne ne peut pas être absente."
            )
        row.presence = Presence.ABSENT if row.pk in absent else Presence.PRESENT
    for seat in seats:
        seat.is_present = seat.juror_id in present
    session.seats.bulk_update(seats, ["is_present"])
    session.candidates.bulk_update(candidates, ["presence"])
    there = len(candidates) - len(absent)
    record(
        action="juries.session.presence",
        subject=session,
        by=by,
        summary=f"{session} : {counted(len(present), 'juré')} et {counted(there, 'candidat')} présents",
        data={
            "jurors": sorted(str(seat.juror) for seat in seats if seat.is_present),
            "absent": sorted(str(row.pk) for row in candidates if row.pk in absent),
        },
        topic_id=session.pk,
    )
    return session


def _refuse_outsiders(present: set, absent: set, seats: list, candidates: list) -> None:
    if present - {seat.juror_id for seat in seats}:
        raise DomainError("Une des personnes cochées ne siège pas dans cette session. Rechargez la page.")
    if absent - {row.pk for row in candidates}:
        raise DomainError("Un des candidats cochés n’est pas de cette session. Rechargez la page.")
