"""The change of the day or the place of a session."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import joined
from core.services.journal import record
from juries.enums import BEFORE_THE_DAY, SessionState
from juries.models import JurySession, Seat
from juries.services.convocations import sync_convocations
from juries.services.convocations.deadlines import notice_warning
from juries.services.locks import lock_session
from juries.services.sessions.meeting import region_of_meeting


@transaction.atomic
def change_meeting(
    *,
    session: JurySession,
    held_on: date,
    venue: str,
    postcode: str,
    city: str,
    address: str = "",
    directions: str = "",
    by: User,
) -> str:
    """Change the day, the place or the directions; those who were convened receive a corrected convocation.

    Until the session opens. Refused for a day gone by, and for a day on which a juror sits elsewhere. Gives
    the warning of a notice that has become short, or an empty string.
    """
    session = lock_session(session, *BEFORE_THE_DAY, act="un changement de jour ou de lieu")
    before = _day_and_place(session)
    region = region_of_meeting(held_on, postcode)
    _refuse_busy_jurors(session, held_on)
    session.held_on, session.venue, session.address = held_on, venue.strip(), address.strip()
    session.postcode, session.city = postcode.strip(), city.strip()
    session.directions, session.region = directions.strip(), region
    if _day_and_place(session) == before:
        raise StaleState("Rien ne change : ce jour et ce lieu sont déjà ceux de la session.")
    try:
        session.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    session.save()
    sync_convocations(session)
    warning = notice_warning(session, clock.today()) if session.state == SessionState.CONVENED else ""
    record(
        action="juries.session.moved",
        subject=session,
        by=by,
        summary=f"{session} : le jour, le lieu ou l’accès change",
        data={"before": before, "after": _day_and_place(session)},
        topic_id=session.pk,
    )
    return warning


def _day_and_place(session: JurySession) -> list[str]:
    """The date and place of a session, as its letters give them."""
    place = [session.venue, session.address, session.postcode, session.city, session.directions]
    return [session.held_on.isoformat(), *place]


def _refuse_busy_jurors(session: JurySession, day: date) -> None:
    ours = session.seats.active().values("juror")
    elsewhere = Seat.objects.active().filter(juror__in=ours, session__held_on=day).exclude(session=session)
    busy = elsewhere.exclude(session__state=SessionState.CANCELLED).with_people().select_related("session")
    if busy:
        names = joined(
            f"{seat.juror} ({seat.session.city})" for seat in busy.select_related("juror__user", "session")
        )
        raise DomainError(
            f"Ce jour-là, un juré siège déjà ailleurs : {names}. Choisissez un autre jour ou remplacez-le."
        )
