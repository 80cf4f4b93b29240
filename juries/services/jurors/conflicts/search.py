"""Every conflict between some jurors and some candidates, in a constant number of queries."""

from collections.abc import Iterable, Iterator
from datetime import date

from juries.enums import ConflictRule
from juries.models import Juror
from juries.services.jurors.conflicts.candidate_history import CandidateHistory, read_candidate_history
from juries.services.jurors.conflicts.conflict_sources import (
    sources_in_acts,
    sources_in_immersions,
    sources_in_referents,
    sources_in_structures_and_links,
)
from juries.services.jurors.conflicts.rules import ORDER, Conflict, conflict
from trainees.models import Enrollment


def conflicts_of(
    jurors: Iterable[Juror], enrollments: Iterable[Enrollment], *, since: date | None = None
) -> list[Conflict]:
    """Every conflict between these jurors and these candidates, whatever their number in four queries.

    A juror is refused who trained, evaluated, signed for, is the referent of a candidate or was the tutor of
    an immersion, works or worked in a structure of theirs, declared a link with either, or is the candidate.
    All the enrolments of a person count, not only the one that comes before the jury. `since` leaves out colleagues
    of before that day (`colleagues_since`). One conflict for each juror, candidate and rule, in that order.
    Jurors come with `user`, enrolments with `trainee`.
    """
    jurors, enrollments = list(jurors), list(enrollments)
    if not jurors or not enrollments:
        return []
    history = read_candidate_history(enrollments)
    by_user = {juror.user_id: juror for juror in jurors}
    found: dict[tuple, Conflict] = {}
    for rule, (juror, trainee, other) in sorted(
        _sources(by_user, history, since), key=lambda source: source[1][2]
    ):
        for enrollment in history.candidates[trainee]:
            key = (juror.pk, enrollment.pk, rule)
            if key not in found:
                found[key] = conflict(juror, enrollment, rule, other)
    places = {row.pk: place for place, row in enumerate([*jurors, *enrollments])}
    return [
        found[key] for key in sorted(found, key=lambda key: (places[key[0]], places[key[1]], ORDER[key[2]]))
    ]


def _sources(
    by_user: dict, history: CandidateHistory, since: date | None
) -> Iterator[tuple[ConflictRule, tuple]]:
    for trainee, rows in history.candidates.items():
        user = rows[0].trainee.user_id
        if user in by_user:
            yield ConflictRule.SELF, (by_user[user], trainee, "")
    yield from sources_in_acts(by_user, history)
    yield from sources_in_structures_and_links(by_user, history, since)
    for rule, sources in (
        (ConflictRule.REFERENT, sources_in_referents(by_user, history)),
        (ConflictRule.TUTOR, sources_in_immersions(by_user, history)),
    ):
        for source in sources:
            yield rule, source
