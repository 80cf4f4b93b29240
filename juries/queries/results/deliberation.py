"""The deliberation on each candidate: domains in rows, the sealed dossier and the jurors in columns."""

from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from evaluations.enums import TestKind
from evaluations.models import Domain, GridCriterion, JudgementLevel
from juries.models import Appraisal, Candidate, Decision, Seat
from juries.queries.results.opinions import Opinions
from juries.rules.agreement import Agreement, agreement, to_discuss


@dataclass
class Cell:
    """What one juror judged of one domain: the marks of its criteria, and their mean rounded to a level."""

    marks: list[tuple[str, int]] = field(default_factory=list)
    level: JudgementLevel | None = None


@dataclass(frozen=True)
class SealedLevels:
    """Of the `total` competencies of one domain in the sealed dossier, how many are at the level expected."""

    reached: int
    total: int


@dataclass
class DomainRow:
    domain: Domain
    sealed: SealedLevels | None
    cells: list[Cell]
    differs: bool
    acquired: bool | None


@dataclass
class OpinionRow:
    """Who validated one test; None where the juror has not submitted it, or where it is still hidden."""

    test: TestKind
    opinions: list[bool | None]
    differs: bool


@dataclass
class CandidateDeliberation:
    """What the jury compares of one candidate, and its decision."""

    candidate: Candidate
    jurors: list[Seat]
    domains: list[DomainRow]
    opinions: list[OpinionRow]
    comments: list[Appraisal]
    decision: Decision | None
    agreement: Agreement
    """Over the marks that two jurors gave to the same criterion, as far as they are shown."""
    said: Opinions
    hidden: bool
    """Whether some appraisals stay hidden until mine is submitted."""

    complete: bool = False
    """Whether every juror there has handed in what is awaited of them."""

    @property
    def may_follow(self) -> bool:
        """Whether all would certify, and the decision is still to be recorded."""
        return self.complete and self.decision is None and self.said.certify_unanimously

    @property
    def disagreements(self) -> list[str]:
        """What the jurors shown do not judge alike: the tests, then the domains."""
        tests = [row.test.label for row in self.opinions if row.differs]
        return tests + [f"domaine {row.domain.number}" for row in self.domains if row.differs]


def read_deliberation(
    session, candidates: list[Candidate], seats: list[Seat], user
) -> list[CandidateDeliberation]:
    """The deliberation on each candidate, in a constant number of queries; only what this person may see now."""
    prefetch_related_objects(candidates, "dossier")
    versions = {row.enrollment.framework_version for row in candidates}
    domains = _by_version(Domain.objects.filter(framework__version__in=versions).select_related("framework"))
    levels = _by_version(
        JudgementLevel.objects.filter(framework__version__in=versions).select_related("framework")
    )
    criteria = GridCriterion.objects.filter(framework__version__in=versions)
    domain_of = {row.pk: (row.code, row.domain_id) for row in criteria}
    appraisals = _appraisals(session, user)
    submitted = _submitted(session)
    decisions = _decisions(session, user)
    return [
        _candidate_deliberation(
            row,
            seats,
            domains.get(row.enrollment.framework_version, []),
            {level.rank: level for level in levels.get(row.enrollment.framework_version, [])},
            domain_of,
            {(one.juror_id, one.test): one for one in appraisals if one.candidate_id == row.pk},
            {(juror, test) for candidate, juror, test in submitted if candidate == row.pk},
            decisions.get(row.pk),
        )
        for row in candidates
    ]


def _by_version(rows) -> dict:
    found: dict = {}
    for row in rows:
        found.setdefault(row.framework.version, []).append(row)
    return found


def _appraisals(session, user) -> list[Appraisal]:
    rows = Appraisal.objects.visible_to(user).submitted().filter(candidate__session=session)
    return list(rows.select_related("juror__user").prefetch_related("marks"))


def _submitted(session) -> set[tuple]:
    rows = Appraisal.objects.submitted().filter(candidate__session=session)
    return set(rows.values_list("candidate_id", "juror_id", "test"))


def _decisions(session, user) -> dict:
    rows = Decision.objects.visible_to(user).in_force().filter(candidate__session=session)
    return {row.candidate_id: row for row in rows.select_related("decided_by").prefetch_related("domains")}


def _candidate_deliberation(
    candidate, seats, domains, levels, domain_of, seen, submitted, decision
) -> CandidateDeliberation:
    answers = {row.domain_id: row.acquired for row in decision.domains.all()} if decision else {}
    sealed = _sealed_levels(candidate)
    rows = []
    for domain in domains:
        cells = [_cell(seat, domain, domain_of, seen, levels) for seat in seats]
        ranks = {cell.level.rank for cell in cells if cell.level}
        differs = to_discuss(ranks, domain.framework.threshold)
        rows.append(DomainRow(domain, sealed.get(domain.number), cells, differs, answers.get(domain.pk)))
    opinions = [_opinions(test, seats, seen) for test in TestKind]
    return CandidateDeliberation(
        candidate=candidate,
        jurors=seats,
        domains=[row for row in rows if any(cell.marks for cell in row.cells)] or rows,
        opinions=opinions,
        comments=[one for one in seen.values() if one.comment],
        decision=decision,
        agreement=_agreement(seen),
        said=Opinions(frozenset((juror, test, bool(one.validated)) for (juror, test), one in seen.items())),
        hidden=bool(submitted - set(seen)),
    )


def _sealed_levels(candidate: Candidate) -> dict[int, SealedLevels]:
    """By number of domain, the levels of the sealed dossier; empty when the snapshot has no threshold."""
    snapshot = candidate.dossier.snapshot
    threshold = snapshot.get("framework", {}).get("threshold")
    if threshold is None:
        return {}
    found = {}
    for booklet in snapshot.get("booklets", []):
        for domain in booklet["domains"]:
            ranks = [line["rank"] for line in domain["lines"]]
            found[domain["number"]] = SealedLevels(sum(rank >= threshold for rank in ranks), len(ranks))
    return found


def _agreement(seen: dict) -> Agreement:
    ranks: dict[int, list[int]] = {}
    for appraisal in seen.values():
        for mark in appraisal.marks.all():
            ranks.setdefault(mark.criterion_id, []).append(mark.rank)
    return agreement(ranks.values())


def _cell(seat: Seat, domain: Domain, domain_of: dict, seen: dict, levels: dict) -> Cell:
    marks = []
    for test in TestKind.values:
        appraisal = seen.get((seat.juror_id, test))
        for mark in appraisal.marks.all() if appraisal else ():
            code, of_domain = domain_of[mark.criterion_id]
            if of_domain == domain.pk:
                marks.append((code, mark.rank))
    if not marks:
        return Cell()
    mean = sum(rank for _, rank in marks) / len(marks)
    return Cell(marks=sorted(marks), level=levels.get(int(mean + 0.5)))


def _opinions(test: TestKind, seats: list[Seat], seen: dict) -> OpinionRow:
    opinions = [
        seen[seat.juror_id, test].validated if (seat.juror_id, test) in seen else None for seat in seats
    ]
    return OpinionRow(test, opinions, len({one for one in opinions if one is not None}) > 1)
