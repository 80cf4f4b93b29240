"""Planning, convening and cancelling."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import counted
from core.services.journal import record
from core.texts import required_reason
from juries.enums import SessionState
from juries.models import JurySession
from juries.services.convocations import sync_convocations, write_cancellations
from juries.services.convocations.deadlines import notice_warning
from juries.services.locks import lock_session, move_session
from juries.services.sessions.composition import active_seats, candidates_of, faults_of_composition
from juries.services.sessions.meeting import region_of_meeting
from juries.services.sessions.settings import settings_in_force


@transaction.atomic
def plan_session(
    *,
    held_on: date,
    venue: str,
    postcode: str,
    city: str,
    address: str = "",
    directions: str = "",
    by: User,
) -> JurySession:
    """Plan one jury, one day, one place, under the rules in force today. Refused for a day gone by."""
    session = draft_session(
        held_on=held_on,
        venue=venue,
        postcode=postcode,
        city=city,
        address=address,
        directions=directions,
        by=by,
    )
    session.save()
    record(
        action="juries.session.planned",
        subject=session,
        by=by,
        summary=f"{session} : session prévue",
        data={"rules": session.rules.version},
        topic_id=session.pk,
    )
    return session


def draft_session(*, held_on: date, by: User, **place: str) -> JurySession:
    """The session to be, under the rules in force today, checked and not yet written."""
    place = {name: words.strip() for name, words in place.items()}
    session = JurySession(
        held_on=held_on,
        region=region_of_meeting(held_on, place["postcode"]),
        rules=settings_in_force(),
        planned_by=by,
        **place,
    )
    _refuse_twin(session)
    try:
        session.clean_fields(exclude=["rules", "planned_by"])
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    return session


def _refuse_twin(session: JurySession) -> None:
    """A form sent twice plans one jury: nothing is planned beside the same session, still empty."""
    empty = JurySession.objects.filter(state=SessionState.PLANNED, seats=None, candidates=None)
    for other in empty.filter(held_on=session.held_on, postcode=session.postcode):
        if _place(other) == _place(session):
            raise StaleState(
                "Cette session est déjà prévue et attend son jury : ouvrez-la dans la liste des jurys. "
                "Si deux jurys siègent côte à côte, dites dans le lieu la salle de celui-ci."
            )


def _place(session: JurySession) -> tuple[str, str]:
    return session.venue.casefold(), session.city.casefold()


@transaction.atomic
def convene(*, session: JurySession, by: User) -> str:
    """Convene the jury: one letter to each juror, each candidate and each director of their structures.

    Refused, with every reason, unless the composition follows the rules of the session. Returns the
    warning of a short notice, recorded in the journal, or an empty string.
    """
    session = move_session(session, SessionState.CONVENED, act="la convocation")
    if session.held_on < clock.today():
        raise DomainError("Le jour de cette session est passé : annulez-la et prévoyez-en une autre.")
    seats, candidates = active_seats(session), candidates_of(session)
    faults = faults_of_composition(session, seats, candidates)
    if faults:
        raise DomainError(" ".join(faults))
    session.convened_at = clock.now()
    session.save(update_fields=["state", "convened_at"])
    warning = notice_warning(session, clock.today())
    sync_convocations(session)
    record(
        action="juries.session.convened",
        subject=session,
        by=by,
        summary=f"{session} : {counted(len(seats), 'juré')} et "
        f"{counted(len(candidates), 'candidat')} convoqués",
        data={"warning": warning} if warning else None,
        topic_id=session.pk,
    )
    return warning


@transaction.atomic
def cancel_session(*, session: JurySession, reason: str, by: User) -> JurySession:
    """Cancel before the deliberation, with a reason; candidates are free for another session.

    Those who were convened receive a letter.
    """
    is_convened = lock_session(
        session, SessionState.PLANNED, SessionState.CONVENED, SessionState.OPEN, act="l’annulation"
    ).state in (SessionState.CONVENED, SessionState.OPEN)
    session = move_session(session, SessionState.CANCELLED, act="l’annulation")
    session.cancelled_reason = required_reason(
        reason, missing="Une annulation porte son motif : dites pourquoi la session n’aura pas lieu."
    )
    session.cancelled_at = clock.now()
    session.save(update_fields=["state", "cancelled_at", "cancelled_reason"])
    session.candidates.update(is_open=False)
    if is_convened:
        write_cancellations(session)
    record(
        action="juries.session.cancelled",
        subject=session,
        by=by,
        summary=f"{session} : session annulée",
        reason=session.cancelled_reason,
        topic_id=session.pk,
    )
    return session
