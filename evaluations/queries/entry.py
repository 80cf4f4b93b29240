"""The data of the entry page: the crew of a person, its activities, and the cells to fill."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db.models import Q

from evaluations.models import Activity, Competency, CurrentLevel, Domain, MasteryLevel
from structures.enums import EVALUATING_ROLES
from structures.models import Membership, ProductionSupport
from trainees.models import Enrollment
from trainees.queries.enrollments import tell_apart


@dataclass(frozen=True)
class CellInput:
    """The input of a cell, shown again when the page is refused."""

    id: UUID
    rank: int | None = None
    own_rank: int | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Cell:
    """One competency of one enrolment; `id` will be that of the evaluation, so that sending twice is harmless."""

    typed: CellInput
    enrollment: Enrollment
    competency: Competency
    levels: list[MasteryLevel]
    previous: CurrentLevel | None
    previous_name: str


@dataclass(frozen=True)
class Column:
    """One competency to look for, and the people in whom it may be seen, each on their own version."""

    competency: Competency
    cells: list[Cell]


@dataclass
class Crew:
    """The open enrolments that a person may evaluate, and those shown: one support, or one enrolment."""

    user_id: UUID
    enrollments: list[Enrollment]
    shown: list[Enrollment] = field(default_factory=list)

    @property
    def supports(self) -> list[ProductionSupport]:
        return sorted(
            {enrollment.support for enrollment in self.enrollments}, key=lambda support: support.name
        )

    @property
    def versions(self) -> set[str]:
        return {enrollment.framework_version for enrollment in self.shown}

    @property
    def usual(self) -> set[UUID]:
        """Those ticked by default: the people of whom the user is the referent, or everybody."""
        own = {enrollment.pk for enrollment in self.shown if enrollment.referent_id == self.user_id}
        return own or {enrollment.pk for enrollment in self.shown}

    def activities(self, chosen: int | None) -> list[Activity]:
        """One activity for each name, even across versions: the one chosen, else that of the newest version."""
        rows = Activity.objects.filter(
            framework__version__in=self.versions,
            support__in={enrollment.support_id for enrollment in self.shown},
        ).order_by("framework__created_at")
        by_name = {row.name: row for row in sorted(rows, key=lambda row: row.pk == chosen)}
        return sorted(by_name.values(), key=lambda row: row.name)

    def domains(self) -> list[Domain]:
        rows = Domain.objects.filter(framework__version__in=self.versions).order_by("framework__created_at")
        return sorted({row.number: row for row in rows}.values(), key=lambda row: row.number)


def crew_of(user) -> Crew:
    """The open enrolments of the structures where the person trains or accompanies today."""
    structures = Membership.objects.current().filter(user=user, role__in=EVALUATING_ROLES)
    enrollments = (
        Enrollment.objects.visible_to(user)
        .open()
        .filter(structure__in=structures.values("structure_id"))
        .select_related("trainee", "support")
    )
    tell_apart(enrollment.trainee for enrollment in enrollments)
    return Crew(user_id=user.pk, enrollments=list(enrollments))


def competencies_seen_in(activity: Activity, enrollments: list[Enrollment]):
    """The competencies that an activity proposes, in the version of each enrolment: those of the same code."""
    codes = Competency.objects.filter(activities=activity).values("code")
    return _competencies_of(enrollments).filter(code__in=codes)


def competencies_of_domain(number: int, enrollments: list[Enrollment]):
    return _competencies_of(enrollments).filter(domain__number=number)


def _competencies_of(enrollments: list[Enrollment]):
    return (
        Competency.objects.filter(
            domain__framework__version__in={enrollment.framework_version for enrollment in enrollments}
        )
        .filter(Q(support=None) | Q(support__in={enrollment.support_id for enrollment in enrollments}))
        .select_related("domain__framework")
    )


def read_grid(
    enrollments: list[Enrollment], competencies, typed: dict[tuple[UUID, UUID], CellInput] | None = None
) -> list[Column]:
    """The cells to mark, competency by competency: 3 queries whatever the crew."""
    competencies, typed = list(competencies), typed or {}
    levels = _levels_of(enrollments)
    current = {
        (row.enrollment_id, row.competency_id): row
        for row in CurrentLevel.objects.filter(enrollment__in=enrollments, competency__in=competencies)
    }

    def cell(enrollment: Enrollment, competency: Competency) -> Cell:
        key = (enrollment.pk, competency.pk)
        scale, previous = levels[enrollment.framework_version], current.get(key)
        name = next((level.short for level in scale if previous and level.rank == previous.rank), "")
        return Cell(typed.get(key) or CellInput(uuid4()), enrollment, competency, scale, previous, name)

    columns: dict[str, list[Cell]] = defaultdict(list)
    for competency in competencies:
        columns[competency.code].extend(
            cell(enrollment, competency) for enrollment in enrollments if _is_of(competency, enrollment)
        )
    return [Column(cells[0].competency, cells) for cells in columns.values() if cells]


def _is_of(competency: Competency, enrollment: Enrollment) -> bool:
    return competency.domain.framework.version == enrollment.framework_version and competency.support_id in (
        None,
        enrollment.support_id,
    )


def _levels_of(enrollments: list[Enrollment]) -> dict[str, list[MasteryLevel]]:
    versions = {enrollment.framework_version for enrollment in enrollments}
    levels = defaultdict(list)
    for level in MasteryLevel.objects.filter(framework__version__in=versions).select_related("framework"):
        levels[level.framework.version].append(level)
    return levels
