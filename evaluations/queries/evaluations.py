"""The two booklets of continuous evaluation, computed from the evaluations."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from core.formats import counted
from evaluations.enums import Family
from evaluations.models import Competency, CurrentLevel, Domain, Evaluation, Framework, MasteryLevel
from trainees.models import Enrollment

SLUGS = {"cles": Family.KEY, "metier": Family.PROFESSIONAL}
TITLES = {
    Family.KEY: "Livret des compétences clés",
    Family.PROFESSIONAL: "Livret des compétences professionnelles",
}


@dataclass(frozen=True)
class Point:
    """One valid evaluation, as a step of the progression."""

    rank: int
    seen_on: date


@dataclass(frozen=True)
class BookletLine:
    """One competency of a booklet; `level` is None until it is evaluated."""

    competency: Competency
    level: MasteryLevel | None
    seen_on: date | None
    observations: int
    points: tuple[Point, ...]
    threshold: int

    @property
    def rank(self) -> int:
        return self.level.rank if self.level else 0

    @property
    def reached(self) -> bool:
        return self.rank >= self.threshold

    @property
    def steps(self) -> list[Point]:
        """The progression, first to latest: the facts at which the level changed."""
        return [
            point
            for place, point in enumerate(self.points)
            if place == 0 or point.rank != self.points[place - 1].rank
        ]


@dataclass(frozen=True)
class BookletDomain:
    """One domain of a booklet."""

    domain: Domain
    lines: tuple[BookletLine, ...]

    @property
    def evaluated(self) -> int:
        return sum(1 for line in self.lines if line.level)

    @property
    def reached(self) -> int:
        return sum(1 for line in self.lines if line.reached)

    @property
    def lowest(self) -> MasteryLevel | None:
        """The level that the whole domain has reached: the lowest of its lines, None while one is missing."""
        levels = [line.level for line in self.lines if line.level]
        return min(levels, key=lambda level: level.rank) if len(levels) == len(self.lines) else None


@dataclass(frozen=True)
class Booklet:
    """One family of competencies of one enrolment: latest levels, progression and gaps."""

    enrollment: Enrollment
    family: Family
    framework: Framework | None
    levels: tuple[MasteryLevel, ...]
    chapters: tuple[BookletDomain, ...]

    @property
    def slug(self) -> str:
        return next(slug for slug, family in SLUGS.items() if family == self.family)

    @property
    def title(self) -> str:
        return TITLES[self.family]

    @property
    def lines(self) -> list[BookletLine]:
        return [line for chapter in self.chapters for line in chapter.lines]

    @property
    def never(self) -> list[BookletLine]:
        """The competencies never evaluated."""
        return [line for line in self.lines if line.level is None]

    @property
    def below(self) -> list[BookletLine]:
        """The competencies evaluated, and still under the threshold."""
        return [line for line in self.lines if line.level and not line.reached]

    @property
    def reached(self) -> list[BookletLine]:
        return [line for line in self.lines if line.reached]

    @property
    def observations(self) -> int:
        return sum(line.observations for line in self.lines)

    @property
    def is_evaluated(self) -> bool:
        """Every competency has been evaluated once: what the gateway asks."""
        return bool(self.lines) and not self.never

    @property
    def threshold_name(self) -> str:
        names = {level.rank: level.name for level in self.levels}
        return names.get(self.framework.threshold, "") if self.framework else ""

    @property
    def sentence(self) -> str:
        """The gaps, in one French sentence for a professional."""
        total = len(self.lines)
        if not total:
            return "Le référentiel de ce parcours n’a pas de compétence dans ce livret."
        if total == 1 and not self.observations:
            return "La compétence de ce livret n’a pas encore été évaluée."
        if not self.observations:
            return f"Aucune des {total} compétences n’a encore été évaluée."
        if len(self.reached) == total == 1:
            return f"La compétence de ce livret atteint « {self.threshold_name} »."
        if len(self.reached) == total:
            return f"Les {total} compétences atteignent « {self.threshold_name} »."
        start = f"{counted(len(self.reached), 'compétence')} sur {total} au niveau « {self.threshold_name} » ou plus"
        gaps = []
        if self.never:
            gaps.append(f"{len(self.never)} jamais évaluée{'s' if len(self.never) > 1 else ''}")
        if self.below:
            gaps.append(f"{len(self.below)} en dessous")
        return f"{start} ; {' et '.join(gaps)}."

    @property
    def own_sentence(self) -> str:
        """The gaps, in one French sentence in the first person of the trainee."""
        total = len(self.lines)
        if not self.observations:
            return "Je n’ai pas encore été évalué(e). Mon encadrant note ce qu’il voit au travail."
        if len(self.reached) == total:
            return f"J’ai fini : je sais faire les {total} choses de ce livret."
        sentence = f"Je sais faire {counted(len(self.reached), 'chose')} sur {total}."
        if self.below:
            sentence += f" J’apprends encore {counted(len(self.below), 'chose')}."
        if self.never:
            sentence += f" {counted(len(self.never), 'chose')} à montrer à mon encadrant."
        return sentence


def read_booklet(enrollment: Enrollment, family: str) -> Booklet:
    """The booklet of one family (a value of `Family`) for an enrolment: 4 queries, whatever the history."""
    return _read(enrollment, [Family(family)])[0]


def read_booklets(enrollment: Enrollment) -> list[Booklet]:
    """Both booklets of an enrolment, key competencies first, for the same 4 queries."""
    return _read(enrollment, list(Family))


def _read(enrollment: Enrollment, families: list[Family]) -> list[Booklet]:
    """An enrolment sees the competencies of its frozen framework version, common or of its own support."""
    competencies = list(
        Competency.objects.for_enrollment(
            version=enrollment.framework_version, support_id=enrollment.support_id
        )
        .filter(domain__module__family__in=families)
        .select_related("domain__module", "domain__framework")
    )
    framework = competencies[0].domain.framework if competencies else None
    levels = tuple(MasteryLevel.objects.filter(framework__version=enrollment.framework_version))
    by_rank = {level.rank: level for level in levels}
    kept = CurrentLevel.objects.filter(enrollment=enrollment, competency__domain__module__family__in=families)
    current = {row.competency_id: row for row in kept}
    points = _points(enrollment, families)

    def line(competency: Competency) -> BookletLine:
        row = current.get(competency.pk)
        return BookletLine(
            competency=competency,
            level=by_rank[row.rank] if row else None,
            seen_on=row.seen_on if row else None,
            observations=row.observations if row else 0,
            points=tuple(points[competency.pk]),
            threshold=competency.domain.framework.threshold,
        )

    def booklet(family: Family) -> Booklet:
        of_family = [row for row in competencies if row.domain.module.family == family]
        chapters = groupby(of_family, key=lambda competency: competency.domain)
        return Booklet(
            enrollment=enrollment,
            family=family,
            framework=framework if of_family else None,
            levels=levels,
            chapters=tuple(
                BookletDomain(domain, tuple(line(row) for row in rows)) for domain, rows in chapters
            ),
        )

    return [booklet(family) for family in families]


def _points(enrollment: Enrollment, families: list[Family]) -> dict[UUID, list[Point]]:
    points = defaultdict(list)
    facts = (
        Evaluation.objects.valid()
        .filter(enrollment=enrollment, competency__domain__module__family__in=families)
        .order_by("seen_on", "recorded_at", "pk")
        .values_list("competency_id", "level__rank", "seen_on")
    )
    for competency, rank, seen_on in facts:
        points[competency].append(Point(rank, seen_on))
    return points
