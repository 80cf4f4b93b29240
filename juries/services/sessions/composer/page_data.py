"""What the certifier has before them while composing: read in a constant number of queries, never written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core import clock
from evaluations.models import Dossier
from juries.enums import College
from juries.models import CertificationSettings, Seat
from juries.services.jurors.availability import Hindrance, hindrances_on
from juries.services.jurors.conflicts import Conflict, colleagues_since, conflicts_of
from juries.services.sessions.composer.checking import capacity, checks_of
from juries.services.sessions.composer.proposing import president_among, propose
from juries.services.sessions.composer.ranking import Option, pool_on, weigh
from juries.services.sessions.composition import Check
from juries.services.sessions.dossiers import eligible_dossiers

MOST_DOSSIERS = 300
MOST_OTHERS = 10
MOST_REFUSED = 30


@dataclass(frozen=True)
class Wish:
    """What is asked: where, the days thought of and the one chosen, and what was ticked (None: propose)."""

    days: tuple[date, ...]
    held_on: date
    region: str = ""
    structures: frozenset[UUID] = frozenset()
    dossiers: frozenset[UUID] | None = None
    jurors: frozenset[UUID] | None = None
    president: UUID | None = None


@dataclass
class Line:
    """One dossier that waits: how long, whether the contract lasts, and who of the jury ticked may not judge it."""

    dossier: Dossier
    picked: bool
    waited: int
    ends_early: bool
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """One day thought of: how many jurors of each college are free and without conflict, contracts ended by then."""

    day: date
    chosen: bool
    free: list[tuple[str, int]]
    ended: int


@dataclass(frozen=True)
class Desk:
    wish: Wish
    rules: CertificationSettings
    lines: list[Line]
    options: list[Option]
    days: list[Day]
    checks: list[Check]

    @property
    def jury(self) -> list[Option]:
        return [option for option in self.options if option.picked]

    @property
    def others(self) -> list[Option]:
        free = [option for option in self.options if option.is_free and not option.picked]
        return free[:MOST_OTHERS]

    @property
    def more_free(self) -> int:
        """Free jurors that are not shown, further down the list."""
        return sum(1 for row in self.options if row.is_free and not row.picked) - len(self.others)

    @property
    def refused(self) -> list[Option]:
        return [option for option in self.options if not option.is_free and not option.picked]

    @property
    def refused_shown(self) -> list[Option]:
        return self.refused[:MOST_REFUSED]

    @property
    def picked_lines(self) -> list[Line]:
        return [line for line in self.lines if line.picked]

    @property
    def stops(self) -> list[Check]:
        return [check for check in self.checks if check.stops]

    @property
    def warnings(self) -> list[Check]:
        return [check for check in self.checks if check.warns and not check.kept]


def read_desk(wish: Wish, rules: CertificationSettings) -> Desk:
    """The dossiers that wait, the jury ticked or proposed, and every rule held against them, in seven queries."""
    lines = _lines(wish, rules)
    jurors = pool_on(wish.held_on)
    enrollments = [line.dossier.enrollment for line in lines]
    conflicts = conflicts_of(jurors, enrollments, since=colleagues_since(rules, wish.held_on))
    hindrances = hindrances_on(wish.days, jurors)
    candidates = {line.dossier.enrollment_id for line in lines if line.picked}
    against = [row for row in conflicts if row.enrollment.pk in candidates]
    that_day = [row for row in hindrances if row.day == wish.held_on]
    options = weigh(jurors, against, that_day, wish.region)
    _pick(options, wish, rules)
    _mark_lines(lines, conflicts, options)
    seats = [Seat(juror=row.juror, is_president=row.presides) for row in options if row.picked]
    checks = checks_of(
        held_on=wish.held_on,
        rules=rules,
        seats=seats,
        dossiers=[line.dossier for line in lines if line.picked],
        conflicts=[row for option in options if option.picked for row in option.conflicts],
        hindrances=[row for option in options if option.picked for row in option.hindrances],
    )
    return Desk(wish, rules, lines, options, _days(wish, options, hindrances, lines), checks)


def _lines(wish: Wish, rules: CertificationSettings) -> list[Line]:
    """The dossiers asked for, longest wait first; without a choice, as many as a day hears are ticked."""
    dossiers = eligible_dossiers().defer("snapshot")
    if wish.region:
        dossiers = dossiers.filter(enrollment__structure__region=wish.region)
    if wish.structures:
        dossiers = dossiers.filter(enrollment__structure__in=wish.structures)
    today, lines, room = clock.today(), [], capacity(rules)
    for dossier in dossiers[:MOST_DOSSIERS]:
        ends_early = dossier.enrollment.contract_end < wish.held_on
        if wish.dossiers is None:
            picked = room > 0 and not ends_early
            room -= picked
        else:
            picked = dossier.pk in wish.dossiers
        waited = (today - (dossier.examined_at or dossier.sealed_at).date()).days
        lines.append(Line(dossier, picked, waited, ends_early))
    return lines


def _pick(options: list[Option], wish: Wish, rules: CertificationSettings) -> None:
    """Tick the jury asked for, or the one that the rules propose, and its president."""
    if wish.jurors is None:
        picked = propose(options, rules)
        president = president_among(picked)
    else:
        picked = [option for option in options if option.juror.pk in wish.jurors]
        president = next((option for option in picked if option.juror.pk == wish.president), None)
    for option in picked:
        option.picked = True
    if president:
        president.presides = True


def _mark_lines(lines: list[Line], conflicts: Iterable[Conflict], options: Iterable[Option]) -> None:
    jury = {option.juror.pk for option in options if option.picked}
    by_path = {line.dossier.enrollment_id: line for line in lines}
    for conflict in conflicts:
        if conflict.juror.pk in jury:
            by_path[conflict.enrollment.pk].conflicts.append(conflict)


def _days(wish: Wish, options: list[Option], hindrances: list[Hindrance], lines: list[Line]) -> list[Day]:
    found = []
    for day in wish.days:
        taken = {row.juror_id for row in hindrances if row.day == day}
        free = Counter(
            option.juror.college
            for option in options
            if not option.conflicts and option.juror.pk not in taken
        )
        ended = sum(1 for line in lines if line.picked and line.dossier.enrollment.contract_end < day)
        by_college = [(college.label, free[college]) for college in College]
        found.append(Day(day, day == wish.held_on, by_college, ended))
    return found
