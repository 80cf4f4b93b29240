"""The national figures as they stood at the end of any day: one aggregate query per figure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from evaluations.models import Dossier
from juries.models import Candidate, Certificate, JurySession
from structures.enums import StructureState
from structures.models import Structure
from structures.territories import REGIONS
from trainees.models import Enrollment, TrainingPlan


def end_of(day: date) -> datetime:
    """The first moment after `day`, in France."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def interested(day: date) -> QuerySet:
    """Structures that had shown their will by then, whatever became of them."""
    return Structure.objects.filter(interested_on__lte=day)


def accredited(day: date) -> QuerySet:
    open_span = Q(spans__ends_on=None) | Q(spans__ends_on__gt=day)
    return Structure.objects.filter(
        open_span, spans__state=StructureState.ACCREDITED, spans__starts_on__lte=day
    ).distinct()


def in_progress(day: date) -> QuerySet:
    """Paths begun and not ended by then."""
    return Enrollment.objects.filter(
        Q(left_on=None) | Q(left_on__gt=day),
        Q(completed_on=None) | Q(completed_on__gt=day),
        enrolled_on__lte=day,
    )


def certified(day: date) -> QuerySet:
    """Certificates delivered by then and not revoked by then; a replacement does not count twice (persons do)."""
    standing = Q(revoked_at=None) | Q(revoked_at__gte=end_of(day))
    return Certificate.objects.filter(standing, delivered_on__lte=day)


def juries_held(day: date) -> QuerySet:
    return JurySession.objects.held().filter(deliberated_at__lt=end_of(day))


@dataclass(frozen=True)
class Figures:
    enrolled: int
    certified: int
    structures_active: int
    structures_accredited: int
    structures_interested: int
    juries_held: int


def figures(day: date) -> Figures:
    """Persons enrolled and certified, structures and juries, at the end of `day`."""
    return Figures(
        enrolled=_one(Enrollment.objects.filter(enrolled_on__lte=day), "trainee"),
        certified=_one(certified(day), "decision__candidate__enrollment__trainee"),
        structures_active=_one(in_progress(day), "structure"),
        structures_accredited=_one(accredited(day), "pk"),
        structures_interested=_one(interested(day), "pk"),
        juries_held=_one(juries_held(day), "pk"),
    )


def _one(rows: QuerySet, counted: str) -> int:
    return rows.aggregate(n=Count(counted, distinct=True))["n"]


@dataclass(frozen=True)
class RegionRow:
    code: str
    name: str
    enrolled: int
    certified: int
    structures_active: int
    structures_accredited: int
    structures_interested: int
    juries_held: int


def regions(day: date) -> list[RegionRow]:
    """The same figures by region, every region named, the fullest first."""
    path = "decision__candidate__enrollment__"
    columns = {
        "enrolled": _by(Enrollment.objects.filter(enrolled_on__lte=day), "structure__region", "trainee"),
        "certified": _by(certified(day), f"{path}structure__region", f"{path}trainee"),
        "structures_active": _by(in_progress(day), "structure__region", "structure"),
        "structures_accredited": _by(accredited(day), "region", "pk"),
        "structures_interested": _by(interested(day), "region", "pk"),
        "juries_held": _by(juries_held(day), "region", "pk"),
    }
    rows = [
        RegionRow(code=code, name=name, **{key: found.get(code, 0) for key, found in columns.items()})
        for code, name in REGIONS.items()
    ]
    return sorted(rows, key=lambda row: (-row.enrolled, -row.structures_interested, row.name))


def _by(rows: QuerySet, region: str, counted: str) -> dict[str, int]:
    grouped = rows.order_by().values(region).annotate(n=Count(counted, distinct=True))
    return {row[region]: row["n"] for row in grouped}


@dataclass(frozen=True)
class FunnelStep:
    label: str
    count: int
    share: float


def funnel(day: date) -> list[FunnelStep]:
    """How many persons had reached each step of the path by then; `share` of the first step, 0 to 1."""
    moment = end_of(day)
    counts = [
        ("Inscrits", _one(Enrollment.objects.filter(enrolled_on__lte=day), "trainee")),
        (
            "Avec un plan de formation",
            _one(TrainingPlan.objects.filter(drawn_at__lt=moment), "enrollment__trainee"),
        ),
        ("Dossier scellé", _one(Dossier.objects.filter(sealed_at__lt=moment), "enrollment__trainee")),
        (
            "Passés devant un jury",
            _one(
                Candidate.objects.filter(session__in=juries_held(day)).exclude(presence="absent"),
                "enrollment__trainee",
            ),
        ),
        ("Certifiés", _one(certified(day), "decision__candidate__enrollment__trainee")),
    ]
    first = counts[0][1] or 1
    return [FunnelStep(label=label, count=count, share=count / first) for label, count in counts]
