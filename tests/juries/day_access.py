"""The accesses to the day of a jury: the code of an e-mail, the link of a QR code."""

from juries.services.jury_day.access import make_links
from tests.juries import builders


def code_of(mailoutbox) -> str:
    """The code in the last e-mail."""
    return next(
        line.strip() for line in mailoutbox[-1].body.splitlines() if line.startswith("  ") and "/" not in line
    )


def link_of(session, juror) -> str:
    seats = [seat for seat in builders.seats(session) if seat.juror == juror]
    return make_links(session=session, seats=seats, by=session.planned_by)[0].secret
