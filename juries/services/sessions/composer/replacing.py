"""Who could take a seat that is free in a session."""

from collections import Counter

from juries.models import JurySession, Seat
from juries.services.jurors.availability import date_conflicts_on
from juries.services.jurors.conflicts import colleagues_since, conflicts_of
from juries.services.sessions.composer.ranking import JurorOption, active_jurors_on, rank_jurors
from juries.services.sessions.composition import candidates_of


def next_jurors(session: JurySession) -> list[JurorOption]:
    """Every juror who is not seated here, best first: the free ones, of the college with fewest seats, and so on.

    Whoever left this session is not proposed again first: they come after the other free ones.
    """
    seats = list(Seat.objects.filter(session=session).select_related("juror"))
    active = [seat for seat in seats if seat.withdrawn_at is None]
    left = {seat.juror_id for seat in seats} - {seat.juror_id for seat in active}
    jurors = [
        juror for juror in active_jurors_on(session.held_on) if juror.pk not in {s.juror_id for s in active}
    ]
    enrollments = [row.enrollment for row in candidates_of(session)]
    since = colleagues_since(session.rules, session.held_on)
    options = rank_jurors(
        jurors,
        conflicts_of(jurors, enrollments, since=since),
        date_conflicts_on([session.held_on], jurors, apart_from=session),
        session.region,
    )
    colleges = Counter(seat.juror.college for seat in active)
    return sorted(
        options,
        key=lambda row: (not row.is_free, row.juror.pk in left, colleges[row.juror.college], row.rank),
    )
