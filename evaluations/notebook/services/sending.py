"""The recording of what a phone stored without network: sessions, then their signatures, then evaluations."""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from core import clock
from core.errors import DomainError
from evaluations.notebook.services.entries import SessionEntry, read_batch
from evaluations.services.evaluations import Observation, day_refusal, record_evaluations
from structures.models import Structure
from trainees.models import Enrollment
from trainees.services.sessions import Presence, receive_session
from trainees.services.sessions.signatures import SignatureIn, receive_signatures

NOT_YOURS = (
    "Cette séance est d’une structure où vous ne travaillez plus, ou pas encore : son équipe la note. Si c’est "
    "une erreur, demandez à sa direction de vous ajouter à l’équipe."
)
UNKNOWN_TRAINER = (
    "La personne qui anime cette séance n’est pas de l’équipe de la structure. Choisissez-en une autre."
)


@dataclass
class SendingResult:
    """The ids that are in the database, and the French refusals of the others, by id, or by place without an id."""

    accepted: list[UUID] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)
    unreadable: dict[int, str] = field(default_factory=dict)


def receive_entries(*, entries: list, by: User) -> SendingResult:
    """Record the entries of one sending, each checked on its own, and return the result of each.

    Every session is one transaction, then all signatures one, then all evaluations one: an entry is stored
    whole or not at all, and a sending cut in the middle is finished by sending it again, which doubles nothing
    (so is one that met, in the database, the same ids just written by another request).
    They are not one transaction, because each act takes the end of the journal last.
    """
    batch = read_batch(entries)
    result = SendingResult(refused=batch.refused, unreadable=batch.unreadable)
    _receive_sessions(batch.of_kind(SessionEntry), result, by)
    _receive_signatures(batch.of_kind(SignatureIn), result, by)
    _receive_observations(batch.of_kind(Observation), result, by)
    return result


def _receive_sessions(sessions: list[SessionEntry], result: SendingResult, by: User) -> None:
    if not sessions:
        return
    named = {session.structure for session in sessions}
    structures = {row.pk: row for row in Structure.objects.visible_to(by).filter(pk__in=named)}
    trainers = {
        row.pk: row
        for row in User.objects.filter(
            memberships__structure__in=structures, pk__in={session.trainer for session in sessions}
        )
    }
    for session in sorted(sessions, key=lambda session: (session.held_on, session.starts_at)):
        try:
            _receive_session(session, structures, trainers, by)
            result.accepted.append(session.id)
        except DomainError as refusal:
            result.refused[session.id] = refusal.message


def _receive_session(session: SessionEntry, structures: dict, trainers: dict, by: User) -> None:
    if session.structure not in structures:
        raise DomainError(NOT_YOURS)
    if session.trainer not in trainers:
        raise DomainError(UNKNOWN_TRAINER)
    if sentence := day_refusal(session.held_on, clock.today()):
        raise DomainError(sentence)
    presences = [
        Presence(Enrollment(pk=enrollment), minutes, absence)
        for enrollment, minutes, absence in session.presences
    ]
    receive_session(
        id=session.id,
        structure=structures[session.structure],
        trainer=trainers[session.trainer],
        held_on=session.held_on,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        kind=session.form,
        module=session.module,
        theme=session.theme,
        presences=presences,
        by=by,
    )


def _receive_signatures(signatures: list[SignatureIn], result: SendingResult, by: User) -> None:
    if not signatures:
        return
    received = receive_signatures(signatures=signatures, by=by)
    result.accepted.extend(received.accepted)
    result.refused.update(received.refused)


def _receive_observations(observations: list[Observation], result: SendingResult, by: User) -> None:
    if not observations:
        return
    outcome = record_evaluations(observations=observations, by=by)
    result.accepted.extend(outcome.accepted)
    result.refused.update(outcome.refused)
