"""Recording a session that took place, from a page or from a phone that was offline."""

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.formats import shortdate
from core.models import JournalEntry
from structures.models import Structure
from trainees.enums import SessionState
from trainees.models import TrainingSession
from trainees.services.sessions.checks import (
    Presence,
    Slot,
    check_held,
    known_and_clashing,
    lock_trainer,
    new_session,
    refuse_clash,
)
from trainees.services.sessions.rolls import call_roll, movable

OTHER_CONTENT = (
    "Cette séance est déjà enregistrée, avec un autre contenu. Ouvrez-la dans « Séances » pour corriger une "
    "présence, puis retirez cette saisie du téléphone."
)


@transaction.atomic
def log_session(
    *,
    structure: Structure,
    trainer: User,
    held_on: date,
    starts_at: time,
    ends_at: time,
    place: str,
    kind: str,
    module: str,
    theme: str,
    presences: Sequence[Presence],
    by: User,
) -> TrainingSession:
    """Record a session that took place and who was there; the same number of queries for any crew.

    Refused in the future, longer than 10 h, led by somebody who did not train in the structure that day
    or who leads another session at that time, planned ones included; for trainees of elsewhere, whose enrolment
    is closed or paused, whose contract does not cover the day, whose month is signed, who were in another
    session; when a presence is longer than the session, when an individual session has not exactly one
    trainee, and when somebody would pass 399 h.
    """
    slot = Slot(trainer, held_on, starts_at, ends_at, place, kind, module, theme)
    session = new_session(structure, slot)
    check_held(session)
    lock_trainer(session)
    refuse_clash(session, known_and_clashing(session)[1])
    return call_roll(session, presences, action="trainees.session.logged", by=by, is_new=True)


@transaction.atomic
def receive_session(
    *,
    id: UUID,  # noqa: A002 - the name the phones give it
    structure: Structure,
    trainer: User,
    held_on: date,
    starts_at: time,
    ends_at: time,
    place: str,
    kind: str,
    module: str,
    theme: str,
    presences: Sequence[Presence],
    by: User,
) -> TrainingSession:
    """Record a session under the id given by a phone, or hold the planned one of that id, in at most 15 queries.

    The same content sent again is harmless and gives the row. Refused: another content under a known id, a
    session that was cancelled or withdrawn, a structure where `by` does not train, and all that `log_session`
    refuses.
    """
    slot = Slot(trainer, held_on, starts_at, ends_at, place, kind, module, theme)
    session = new_session(structure, slot, id=id)
    check_held(session)
    lock_trainer(session, by=by)
    known, clashing = known_and_clashing(session)
    if known is None:
        _refuse_withdrawn(session)
        refuse_clash(session, clashing)
        return call_roll(session, presences, action="trainees.session.logged", by=by, is_new=True)
    if known.structure_id != structure.pk:
        raise DomainError(OTHER_CONTENT)
    if known.state == SessionState.HELD:
        if not _has_same_content(known, session, presences):
            raise DomainError(OTHER_CONTENT)
        return known
    movable(known, SessionState.HELD)
    refuse_clash(session, clashing)
    slot.apply_to(known).structure = structure
    return call_roll(known, presences, action="trainees.session.held", by=by)


def _has_same_content(
    known: TrainingSession, received: TrainingSession, presences: Sequence[Presence]
) -> bool:
    """Whether the session recorded under that id has this content, presence by presence."""
    facts = ("trainer_id", "held_on", "starts_at", "ends_at", "place", "kind", "module", "theme")
    if any(getattr(known, name) != getattr(received, name) for name in facts):
        return False
    kept = set(known.attendances.values_list("enrollment_id", "minutes", "absence"))
    sent = [(presence.enrollment.pk, presence.minutes, presence.absence) for presence in presences]
    return len(sent) == len(kept) and set(sent) == kept


def _refuse_withdrawn(session: TrainingSession) -> None:
    """A session withdrawn since does not come back because a phone sends it again."""
    line = JournalEntry.objects.filter(
        action="trainees.session.withdrawn", subject_id=str(session.pk)
    ).first()
    if line:
        raise StaleState(
            f"Cette séance a été retirée le {shortdate(line.at)} par {line.actor_name} ({line.reason}). "
            "Si elle a bien eu lieu, notez-la de nouveau."
        )
