"""How each juror judges beside the others: agreement and severity, for the training of jurors, never for a decision."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Generic, TypeVar
from uuid import UUID

from juries.enums import SessionState
from juries.models import Appraisal, CertificationSettings, Juror, JurySession, Mark
from juries.rules.agreement import Agreement, agreement

HELD = (SessionState.DELIBERATED, SessionState.RELEASED)
LEAST_TO_SHOW = 5
"""Comparisons below which a line is masked, while no settings say otherwise."""


Subject = TypeVar("Subject", Juror, JurySession)


@dataclass
class Comparison(Generic[Subject]):
    """One juror, or one session, over the tests that at least two jurors judged.

    `tests` counts the appraisals compared: what a person judged alone compares with nobody.
    """

    subject: Subject
    tests: int = 0
    marks: Agreement = field(default_factory=Agreement)
    opinions: Agreement = field(default_factory=Agreement)
    _gaps: list[float] = field(default_factory=list)

    @property
    def severity(self) -> float | None:
        """The mean gap, in levels, between this juror's marks and the mean of the others' on the same criteria.

        Below zero the juror marks lower than the others; a session as a whole has none.
        """
        return sum(self._gaps) / len(self._gaps) if self._gaps else None


@dataclass(frozen=True)
class Calibration:
    """The lines that may be shown, and how many are masked for want of tests (`least`)."""

    jurors: list[Comparison[Juror]]
    sessions: list[Comparison[JurySession]]
    masked_jurors: int
    masked_sessions: int
    marks: Agreement
    opinions: Agreement
    least: int


def read_calibration(*, start: date, end: date) -> Calibration:
    """Compare the appraisals handed in to the juries held between two days, both included.

    Only juries that have deliberated: the appraisals of a jury that sits are not compared. A line that rests on fewer
    tests than the settings in force allow (`mask_below`) is masked, as it would reveal one appraisal; when a
    single juror of the period would be masked, nobody can be told apart by subtraction, as no total by juror is
    given. A constant number of queries, whatever the number of juries.
    """
    rules = CertificationSettings.in_force()
    least = max(rules.mask_below if rules else LEAST_TO_SHOW, 1)
    sessions = {
        row.pk: Comparison(row)
        for row in JurySession.objects.filter(state__in=HELD, held_on__range=(start, end))
    }
    tests = _tests_of(sessions)
    jurors = {row.pk: Comparison(row) for row in Juror.objects.select_related("user")}
    for (session, _, _), judged in tests.items():
        if len(judged) > 1:
            _compare(judged, sessions[session], jurors)
    shown = [line for line in jurors.values() if line.tests >= least]
    shown_sessions = [line for line in sessions.values() if line.tests >= least]
    return Calibration(
        jurors=sorted(shown, key=lambda line: (line.marks.share or 0, line.subject.user.folded)),
        sessions=sorted(shown_sessions, key=lambda line: line.subject.held_on, reverse=True),
        masked_jurors=sum(0 < line.tests < least for line in jurors.values()),
        masked_sessions=sum(0 < line.tests < least for line in sessions.values()),
        marks=sum((line.marks for line in sessions.values()), Agreement()),
        opinions=sum((line.opinions for line in sessions.values()), Agreement()),
        least=least,
    )


@dataclass
class _Judged:
    juror: UUID
    validated: bool
    ranks: dict[UUID, int] = field(default_factory=dict)


def _tests_of(sessions: Iterable[UUID]) -> dict[tuple, list[_Judged]]:
    """What each juror judged of each test of each candidate, by (session, candidate, test)."""
    appraisals = Appraisal.objects.submitted().filter(candidate__session__in=list(sessions))
    marks = Mark.objects.filter(appraisal__in=appraisals)
    names = ("pk", "candidate__session_id", "candidate_id", "test", "juror_id", "validated")
    by_appraisal: dict[UUID, _Judged] = {}
    tests: dict[tuple, list[_Judged]] = defaultdict(list)
    for pk, session, candidate, test, juror, validated in appraisals.values_list(*names):
        by_appraisal[pk] = judged = _Judged(juror, validated)
        tests[session, candidate, test].append(judged)
    for appraisal, criterion, rank in marks.values_list("appraisal_id", "criterion_id", "rank"):
        by_appraisal[appraisal].ranks[criterion] = rank
    return tests


def _compare(
    judged: list[_Judged],
    session: Comparison[JurySession],
    jurors: dict[UUID, Comparison[Juror]],
) -> None:
    for one, other in combinations(judged, 2):
        common = one.ranks.keys() & other.ranks.keys()
        marks = agreement((one.ranks[criterion], other.ranks[criterion]) for criterion in common)
        opinions = agreement([(one.validated, other.validated)])
        for line in (session, jurors[one.juror], jurors[other.juror]):
            line.marks += marks
            line.opinions += opinions
    session.tests += 1
    for one in judged:
        line = jurors[one.juror]
        line.tests += 1
        for criterion, rank in one.ranks.items():
            others = [row.ranks[criterion] for row in judged if row is not one and criterion in row.ranks]
            if others:
                line._gaps.append(rank - sum(others) / len(others))
