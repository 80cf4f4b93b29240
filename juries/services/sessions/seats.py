"""The seats of a jury: given, freed, and the presidency."""

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.services.journal import record
from core.texts import required_reason
from juries.enums import BEFORE_THE_DAY, SessionState
from juries.models import Juror, JurySession, Seat
from juries.services.convocations import sync_convocations
from juries.services.jurors.availability import date_conflicts_on
from juries.services.jurors.conflicts import colleagues_since, conflicts_of
from juries.services.locks import lock_jurors, lock_session
from juries.services.sessions.composition import candidates_of


@transaction.atomic
def seat_juror(*, session: JurySession, juror: Juror, is_president: bool = False, by: User) -> Seat:
    """Give a juror a seat. Refused on any conflict with a candidate, on a day they are not free, and for a
    second president.

    Once the session is convened, the newcomer is convened at once. A juror who had left may come back.
    """
    session = lock_session(session, *BEFORE_THE_DAY, act="l’ajout d’un juré")
    juror = lock_jurors([juror.pk])[0]
    seat = Seat.objects.filter(session=session, juror=juror).first() or Seat(session=session, juror=juror)
    if not seat._state.adding and seat.withdrawn_at is None:
        raise StaleState(f"{juror} siège déjà dans cette session.")
    if not juror.is_active:
        raise DomainError(f"{juror} a quitté le vivier des jurés : choisissez une autre personne.")
    _refuse_conflicts(juror, session)
    _refuse_taken_day(juror, session)
    if is_president:
        _refuse_second_president(session)
    seat.is_president, seat.withdrawn_at, seat.withdrawn_reason = is_president, None, ""
    seat.save()
    sync_convocations(session)
    record(
        action="juries.seat.given",
        subject=seat,
        by=by,
        summary=f"{session} : {juror} {'préside' if is_president else 'siège'}",
        topic_id=session.pk,
    )
    return seat


@transaction.atomic
def withdraw_juror(*, seat: Seat, reason: str, by: User) -> Seat:
    """Free a seat, with the reason; its row remains. Until the session opens."""
    session = lock_session(seat.session, *BEFORE_THE_DAY, act="le désistement d’un juré")
    seat = Seat.objects.select_for_update(of=("self",), no_key=True).with_people().get(pk=seat.pk)
    if seat.withdrawn_at:
        raise StaleState(f"{seat.juror} s’est déjà désisté.")
    seat.withdrawn_reason = required_reason(reason, missing="Dites pourquoi ce juré ne siège plus.")
    seat.withdrawn_at, seat.is_president = clock.now(), False
    seat.save(update_fields=["withdrawn_at", "withdrawn_reason", "is_president"])
    sync_convocations(session)
    record(
        action="juries.seat.withdrawn",
        subject=seat,
        by=by,
        summary=f"{session} : {seat.juror} ne siège plus",
        reason=seat.withdrawn_reason,
        topic_id=session.pk,
    )
    return seat


@transaction.atomic
def name_president(*, seat: Seat, by: User) -> Seat:
    """Give the presidency to the juror of this seat; the former president stays as a juror."""
    session = lock_session(seat.session, *BEFORE_THE_DAY, SessionState.OPEN, act="le choix de la présidence")
    seat = Seat.objects.with_people().get(pk=seat.pk)
    if seat.withdrawn_at:
        raise StaleState(f"{seat.juror} s’est désisté : choisissez une autre personne.")
    if seat.is_president:
        raise StaleState(f"{seat.juror} préside déjà.")
    session.seats.filter(is_president=True).update(is_president=False)
    seat.is_president = True
    seat.save(update_fields=["is_president"])
    sync_convocations(session)
    record(
        action="juries.seat.president_named",
        subject=seat,
        by=by,
        summary=f"{session} : {seat.juror} préside",
        topic_id=session.pk,
    )
    return seat


def _refuse_conflicts(juror: Juror, session: JurySession) -> None:
    since = colleagues_since(session.rules, session.held_on)
    conflicts = conflicts_of([juror], [row.enrollment for row in candidates_of(session)], since=since)
    if conflicts:
        sentences = " ".join(dict.fromkeys(conflict.sentence for conflict in conflicts))
        raise DomainError(f"{sentences} Choisissez un autre juré.")


def _refuse_taken_day(juror: Juror, session: JurySession) -> None:
    found = date_conflicts_on([session.held_on], [juror], apart_from=session)
    if found:
        raise DomainError(f"{' '.join(row.sentence for row in found)} Choisissez un autre juré.")


def _refuse_second_president(session: JurySession) -> None:
    president = session.seats.active().with_people().filter(is_president=True).first()
    if president:
        raise DomainError(
            f"{president.juror} préside déjà cette session. Ajoutez ce juré, puis confiez-lui la présidence."
        )
