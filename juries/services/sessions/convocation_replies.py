"""Who comes and who does not: the answer to a convocation, by its link or by telephone."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import StaleState
from core.formats import longdate
from core.services.journal import record
from core.services.work import schedule
from core.texts import whole_text
from juries.enums import LETTER_MOVES, LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter, Seat
from juries.services.locks import lock_session
from juries.services.sessions import seat_juror, withdraw_juror
from juries.services.sessions.composition import active_seats, candidates_of, faults_of_composition
from juries.tasks import send_letter

NO_REASON = "empêchement, sans autre précision"
WORDS: dict[tuple[str, bool], str] = {
    (LetterKind.JUROR, True): "siégera",
    (LetterKind.JUROR, False): "ne siégera pas",
    (LetterKind.CANDIDATE, True): "viendra",
    (LetterKind.CANDIDATE, False): "ne viendra pas",
    (LetterKind.STRUCTURE, True): "a bien reçu la convocation de ses candidats",
    (LetterKind.STRUCTURE, False): "signale un empêchement",
}


def convocation_in_force(letter: Letter) -> Letter | None:
    """The convocation in force of the person to whom a letter, old or new, was written."""
    letter = letter.convocation or letter
    return (
        Letter.objects.in_force()
        .with_people()
        .filter(
            session=letter.session_id,
            kind=letter.kind,
            enrollment=letter.enrollment_id,
            structure=letter.structure_id,
            **({} if letter.enrollment_id else {"recipient": letter.recipient_id}),
        )
        .first()
    )


def why_replies_are_closed(letter: Letter) -> str:
    """Why this convocation can no longer be answered, in a sentence; empty while it can."""
    session = letter.session
    if session.state == SessionState.CANCELLED:
        return f"Ce jury est annulé : {session.cancelled_reason}"
    if session.state != SessionState.CONVENED or clock.today() >= session.held_on:
        return (
            f"Le jury se tient le {longdate(session.held_on)} : on répond jusqu’à la veille. "
            f"Appelez {_contact(letter)}."
        )
    if letter.state == LetterState.USELESS:
        return "Cette convocation a été retirée."
    return ""


@transaction.atomic
def record_reply(*, letter: Letter, coming: bool, reason: str = "", by: User | None) -> Letter:
    """Record the answer to a convocation, until the eve of the session. The same answer again changes nothing.

    `by` is who typed it, None for whoever holds the link of somebody without an account. A juror who
    declines leaves their seat at once; one who comes back takes it again, unless it was offered to somebody
    else meanwhile. The certifier receives a letter for every refusal and return, with what the jury lacks.
    """
    session = lock_session(letter.session, *SessionState, act="la réponse")
    letter = _lock_in_force(letter, session)
    wanted = LetterState.CONFIRMED if coming else LetterState.DECLINED
    if letter.state == wanted:
        return letter
    if wanted not in LETTER_MOVES[letter.state]:
        raise StaleState("Cette convocation n’attend pas de réponse. Rechargez la page.")
    returns = coming and letter.state == LetterState.DECLINED
    letter.state, letter.replied_at = wanted, clock.now()
    letter.reply_reason = "" if coming else (whole_text(reason) or NO_REASON)
    offered = returns and _offered_since(letter)
    letter.save(update_fields=["state", "replied_at", "reply_reason"])
    if letter.kind == LetterKind.JUROR and letter.recipient:
        _move_seat(letter, session, returns=returns, offered=offered, by=letter.recipient)
    summary = f"{session} : {letter.name} {WORDS[letter.kind, coming]}"
    if returns or not coming:
        _notify_certifier(letter, session, summary, returns=returns)
    record(
        action="juries.letter.confirmed" if coming else "juries.letter.declined",
        subject=letter,
        by=by,
        summary=summary,
        reason=letter.reply_reason,
        topic_id=session.pk,
    )
    return letter


def _lock_in_force(letter: Letter, session: JurySession) -> Letter:
    current = convocation_in_force(letter)
    if current is None:
        raise StaleState("Cette convocation a été retirée : vous n’êtes plus attendu à ce jury.")
    Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=current.pk)
    current = Letter.objects.with_people().get(pk=current.pk)
    current.session = session
    if closed := why_replies_are_closed(current):
        raise StaleState(closed)
    return current


def _offered_since(letter: Letter) -> bool:
    """Whether another juror was convened after this refusal: the seat is theirs."""
    before = Letter.objects.get(pk=letter.pk).replied_at
    newcomers = letter.session.letters.in_force().filter(kind=LetterKind.JUROR, written_at__gt=before)
    return newcomers.exclude(pk=letter.pk).filter(number=0).exists()


def _move_seat(letter: Letter, session: JurySession, *, returns: bool, offered: bool, by: User) -> None:
    seat = Seat.objects.filter(session=session, juror__user=by).select_related("juror").first()
    if letter.state == LetterState.DECLINED and seat and seat.withdrawn_at is None:
        withdraw_juror(seat=seat, reason=letter.reply_reason, by=by)
    if returns and offered:
        raise StaleState(f"Votre place a été proposée à quelqu’un d’autre. Appelez {_contact(letter)}.")
    if returns and seat and seat.withdrawn_at:
        presided = letter.content.get("president", False)
        vacant = not session.seats.active().filter(is_president=True).exists()
        seat_juror(session=session, juror=seat.juror, is_president=presided and vacant, by=by)


def _notify_certifier(letter: Letter, session: JurySession, summary: str, *, returns: bool) -> None:
    """Write an answer to the person who planned the session, with what the jury then lacks."""
    number = letter.followers.filter(kind=LetterKind.REPLY).count()
    notice = Letter.objects.create(
        session=session,
        kind=LetterKind.REPLY,
        convocation=letter,
        recipient=session.planned_by,
        number=number,
        content={
            "subject": f"{letter.name} {'revient sur son refus' if returns else 'ne peut pas venir'}",
            "sentences": [f"{summary}.", *_consequences(letter, session)],
        },
    )
    schedule(send_letter, notice.pk)


def _consequences(letter: Letter, session: JurySession) -> Iterable[str]:
    if letter.reply_reason:
        yield f"Motif : {letter.reply_reason}."
    if letter.kind == LetterKind.JUROR:
        faults = faults_of_composition(session, active_seats(session), candidates_of(session))
        yield from faults or ["Le jury reste composé selon ses règles."]


def _contact(letter: Letter) -> str:
    contact = letter.content.get("contact") or {}
    return " ".join(
        part for part in (contact.get("name"), contact.get("phone"), contact.get("email")) if part
    )
