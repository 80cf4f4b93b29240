"""The signatures of the minutes: each juror present in their own name, the president last."""

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import joined
from core.hashing import fingerprint
from core.services.journal import record
from core.services.work import schedule
from juries.enums import ReleaseMode, SessionState
from juries.models import Juror, Minutes, MinutesSignature, Seat
from juries.services.locks import lock_session
from juries.services.results.quorum import present_seats
from juries.services.results.release import deliver_results, record_release
from juries.tasks import draw_minutes
from trainees.rules.sessions.strokes import stroke_fault


@transaction.atomic
def sign_minutes(
    *, minutes: Minutes, juror: Juror, strokes: list | None = None, by: User
) -> MinutesSignature:
    """Sign as a juror who was present, once; the president signs last.

    `strokes` are those of a drawn signature, as `stroke_fault` wants them; without them the juror signs by
    being logged in. Either way the row seals what was signed: see `seal_of`.

    The last signature releases the results at once when the rules of the session say so. Should a
    certificate be refused then, the signature remains and the certifier releases once it is corrected.
    """
    act = "la signature du procès-verbal"
    session = lock_session(minutes.session, SessionState.DELIBERATED, SessionState.RELEASED, act=act)
    seats = present_seats(session)
    signed = set(minutes.signatures.values_list("juror_id", flat=True))
    _refuse_signature(juror, by, seats, signed)
    session = lock_session(session, SessionState.DELIBERATED, act=act)
    signature = _write_signature(minutes, juror, strokes or [])
    complete = {seat.juror_id for seat in seats} <= signed | {juror.pk}
    held_back, released = "", None
    if complete and session.rules.release_mode == ReleaseMode.AT_LAST_SIGNATURE:
        try:
            with transaction.atomic():
                released = deliver_results(session, by=by)
        except DomainError as error:
            held_back = error.message
    record(
        action="juries.minutes.signed",
        subject=session,
        by=by,
        summary=f"{session} : procès-verbal signé par {juror}",
        reason=held_back,
        data={"sha256": minutes.content_sha256, "signature": signature.sha256, "last": complete},
        topic_id=session.pk,
    )
    if released is not None:
        record_release(session, released, by=by)
    if complete:
        schedule(draw_minutes, session.pk)
    return signature


def missing_signatures(minutes: Minutes) -> list[Seat]:
    """The seats of the jurors present who have not signed, the president at the end."""
    signed = set(minutes.signatures.values_list("juror_id", flat=True))
    waiting = [seat for seat in present_seats(minutes.session) if seat.juror_id not in signed]
    return sorted(waiting, key=lambda seat: seat.is_president)


def seal_of(minutes: Minutes, signature: MinutesSignature) -> str:
    """SHA-256 of [fingerprint of the content, juror, time of signing, strokes]."""
    signed_at = signature.signed_at.isoformat()
    facts = [minutes.content_sha256, str(signature.juror_id), signed_at, signature.strokes]
    return fingerprint(facts)


def _write_signature(minutes: Minutes, juror: Juror, strokes: list) -> MinutesSignature:
    fault = stroke_fault(strokes) if strokes else ""
    if fault:
        raise DomainError(fault)
    signature = MinutesSignature(minutes=minutes, juror=juror, strokes=strokes, signed_at=clock.now())
    signature.sha256 = seal_of(minutes, signature)
    signature.save(force_insert=True)
    return signature


def _refuse_signature(juror: Juror, by: User, seats: list[Seat], signed: set) -> None:
    seat = next((seat for seat in seats if seat.juror_id == juror.pk), None)
    if seat is None:
        raise DomainError(
            f"{juror} n’était pas présent à cette session : le procès-verbal n’attend pas sa signature."
        )
    if juror.user_id != by.pk:
        raise DomainError("Une signature est personnelle : chaque juré signe avec son propre compte.")
    if juror.pk in signed:
        raise StaleState("Vous avez déjà signé ce procès-verbal.")
    others = [str(row.juror) for row in seats if not row.is_president and row.juror_id not in signed]
    if seat.is_president and others:
        raise DomainError(f"La présidence signe en dernier : il manque la signature de {joined(others)}.")
