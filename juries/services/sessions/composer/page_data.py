"""The data of the composer page, read in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core import clock
from evaluations.models import Dossier
from juries.enums import College
from juries.models import CertificationSettings, Seat
from juries.services.jurors.availability import DateConflict, date_conflicts_on
from juries.services.jurors.conflicts import Conflict, colleagues_since, conflicts_of
from juries.services.sessions.composer.checking import capacity, checks_of
from juries.services.sessions.composer.proposing import president_among, propose
from juries.services.sessions.composer.ranking import JurorOption, active_jurors_on, rank_jurors
from juries.services.sessions.composition import Check
from juries.services.sessions.dossiers import eligible_dossiers

MOST_DOSSIERS = 300
MOST_OTHERS = 10
MOST_REFUSED = 30


@dataclass(frozen=True)
class ComposerQuery:
    """What is asked: where, the days compared and the one chosen, and what was ticked (None: propose)."""

    days: tuple[date, ...]
    held_on: date
    region: str = ""
    structures: frozenset[UUID] = frozenset()
    dossiers: frozenset[UUID] | None = None
    jurors: frozenset[UUID] | None = None
    president: UUID | None = None


@dataclass
class DossierRow:
    """One dossier that waits: how long, whether the contract lasts, and who of the jury ticked may not judge it."""

    dossier: Dossier
    picked: bool
    waited: int
    ends_early: bool
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(frozen=True)
class DayChoice:
    """One of the days compared: how many jurors of each college are free and without conflict; contracts ended."""

    day: date
    chosen: bool
    free: list[tuple[str, int]]
    ended: int


@dataclass(frozen=True)
class ComposerData:
    query: ComposerQuery
    rules: CertificationSettings
    rows: list[DossierRow]
    options: list[JurorOption]
    days: list[DayChoice]
    checks: list[Check]

    @property
    def jury(self) -> list[JurorOption]:
        return [option for option in self.options if option.picked]

    @property
    def others(self) -> list[JurorOption]:
        free = [option for option in self.options if option.is_free and not option.picked]
        return free[:MOST_OTHERS]

    @property
    def more_free(self) -> int:
        """Free jurors that are not shown, further down the list."""
        return sum(1 for row in self.options if row.is_free and not row.picked) - len(self.others)

    @property
    def refused(self) -> list[JurorOption]:
        return [option for option in self.options if not option.is_free and not option.picked]

    @property
    def refused_shown(self) -> list[JurorOption]:
        return self.refused[:MOST_REFUSED]

    @property
    def picked_rows(self) -> list[DossierRow]:
        return [row for row in self.rows if row.picked]

    @property
    def stops(self) -> list[Check]:
        return [check for check in self.checks if check.stops]

    @property
    def warnings(self) -> list[Check]:
        return [check for check in self.checks if check.warns and not check.passed]


def read_composer_data(query: ComposerQuery, rules: CertificationSettings) -> ComposerData:
    """The dossiers that wait, the jury ticked or proposed, and every rule checked on them, in seven queries."""
    rows = _dossier_rows(query, rules)
    jurors = active_jurors_on(query.held_on)
    enrollments = [row.dossier.enrollment for row in rows]
    conflicts = conflicts_of(jurors, enrollments, since=colleagues_since(rules, query.held_on))
    date_conflicts = date_conflicts_on(query.days, jurors)
    candidates = {row.dossier.enrollment_id for row in rows if row.picked}
    against = [row for row in conflicts if row.enrollment.pk in candidates]
    that_day = [row for row in date_conflicts if row.day == query.held_on]
    options = rank_jurors(jurors, against, that_day, query.region)
    _pick(options, query, rules)
    _mark_rows(rows, conflicts, options)
    seats = [Seat(juror=row.juror, is_president=row.presides) for row in options if row.picked]
    checks = checks_of(
        held_on=query.held_on,
        rules=rules,
        seats=seats,
        dossiers=[row.dossier for row in rows if row.picked],
        conflicts=[row for option in options if option.picked for row in option.conflicts],
        date_conflicts=[row for option in options if option.picked for row in option.date_conflicts],
    )
    return ComposerData(query, rules, rows, options, _days(query, options, date_conflicts, rows), checks)


def _dossier_rows(query: ComposerQuery, rules: CertificationSettings) -> list[DossierRow]:
    """The dossiers asked for, longest wait first; without a choice, as many as a day hears are ticked."""
    dossiers = eligible_dossiers().defer("snapshot")
    if query.region:
        dossiers = dossiers.filter(enrollment__structure__region=query.region)
    if query.structures:
        dossiers = dossiers.filter(enrollment__structure__in=query.structures)
    today, rows, left = clock.today(), [], capacity(rules)
    for dossier in dossiers[:MOST_DOSSIERS]:
        ends_early = dossier.enrollment.contract_end < query.held_on
        if query.dossiers is None:
            picked = left > 0 and not ends_early
            left -= picked
        else:
            picked = dossier.pk in query.dossiers
        waited = (today - (dossier.examined_at or dossier.sealed_at).date()).days
        rows.append(DossierRow(dossier, picked, waited, ends_early))
    return rows


def _pick(options: list[JurorOption], query: ComposerQuery, rules: CertificationSettings) -> None:
    """Tick the jury asked for, or the one that the rules propose, and its president."""
    if query.jurors is None:
        picked = propose(options, rules)
        president = president_among(picked)
    else:
        picked = [option for option in options if option.juror.pk in query.jurors]
        president = next((option for option in picked if option.juror.pk == query.president), None)
    for option in picked:
        option.picked = True
    if president:
        president.presides = True


def _mark_rows(rows: list[DossierRow], conflicts: Iterable[Conflict], options: Iterable[JurorOption]) -> None:
    jury = {option.juror.pk for option in options if option.picked}
    by_enrollment = {row.dossier.enrollment_id: row for row in rows}
    for conflict in conflicts:
        if conflict.juror.pk in jury:
            by_enrollment[conflict.enrollment.pk].conflicts.append(conflict)


def _days(
    query: ComposerQuery,
    options: list[JurorOption],
    date_conflicts: list[DateConflict],
    rows: list[DossierRow],
) -> list[DayChoice]:
    found = []
    for day in query.days:
        taken = {row.juror_id for row in date_conflicts if row.day == day}
        free = Counter(
            option.juror.college
            for option in options
            if not option.conflicts and option.juror.pk not in taken
        )
        ended = sum(1 for row in rows if row.picked and row.dossier.enrollment.contract_end < day)
        by_college = [(college.label, free[college]) for college in College]
        found.append(DayChoice(day, day == query.held_on, by_college, ended))
    return found
