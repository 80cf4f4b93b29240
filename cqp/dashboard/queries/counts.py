"""The national figures as they stood at the end of any day: one aggregate query per figure."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from certificates.models import Certificate
from evaluations.models import Dossier
from juries.enums import Presence
from juries.models import Candidate, JurySession
from structures.enums import StructureState
from structures.models import Structure
from structures.rules.territories import REGIONS
from trainees.models import Enrollment, TrainingPlan


def end_of(day: date) -> datetime:
    """The first moment after `day`, in France."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def certified(day: date) -> QuerySet:
    """Certificates delivered by then and not revoked by then; a replacement does not count twice (persons do)."""
    standing = Q(revoked_at=None) | Q(revoked_at__gte=end_of(day))
    return Certificate.objects.filter(standing, delivered_on__lte=day)


def juries_held(day: date) -> QuerySet:
    return JurySession.objects.held().filter(deliberated_at__lt=end_of(day))


PERSON = "decision__candidate__enrollment__trainee"


def _people(day: date) -> dict[str, Count]:
    """Of the enrolments: who was enrolled by then, and the structures where an enrolment was going on."""
    enrolled = Q(enrolled_on__lte=day)
    going = (
        enrolled & (Q(left_on=None) | Q(left_on__gt=day)) & (Q(completed_on=None) | Q(completed_on__gt=day))
    )
    return {
        "enrolled": Count("trainee", filter=enrolled, distinct=True),
        "structures_active": Count("structure", filter=going, distinct=True),
    }


def _places(day: date) -> dict[str, Count]:
    """Of the structures: those accredited then, and those that had shown interest, whatever their state since."""
    running = Q(spans__ends_on=None) | Q(spans__ends_on__gt=day)
    accredited = running & Q(spans__state=StructureState.ACCREDITED, spans__starts_on__lte=day)
    return {
        "structures_accredited": Count("pk", filter=accredited, distinct=True),
        "structures_interested": Count("pk", filter=Q(interested_on__lte=day), distinct=True),
    }


@dataclass(frozen=True)
class Figures:
    enrolled: int
    certified: int
    structures_active: int
    structures_accredited: int
    structures_interested: int
    juries_held: int


def figures(day: date) -> Figures:
    """Persons enrolled and certified, structures and juries, at the end of `day`: 4 queries."""
    return Figures(
        **Enrollment.objects.aggregate(**_people(day)),
        **Structure.objects.aggregate(**_places(day)),
        **certified(day).aggregate(certified=Count(PERSON, distinct=True)),
        **juries_held(day).aggregate(juries_held=Count("pk")),
    )


@dataclass(frozen=True)
class RegionRow(Figures):
    code: str
    name: str


def regions(day: date) -> list[RegionRow]:
    """The same figures by region for the same 4 queries, every region named, the fullest first."""
    found: dict[str, dict[str, int]] = {code: dict.fromkeys(FIGURES, 0) for code in REGIONS}
    _by_region(found, Enrollment.objects.all(), "structure__region", _people(day))
    _by_region(found, Structure.objects.all(), "region", _places(day))
    of_enrollment = "decision__candidate__enrollment__structure__region"
    _by_region(found, certified(day), of_enrollment, {"certified": Count(PERSON, distinct=True)})
    _by_region(found, juries_held(day), "region", {"juries_held": Count("pk")})
    rows = [RegionRow(code=code, name=REGIONS[code], **row) for code, row in found.items()]
    return sorted(rows, key=lambda row: (-row.enrolled, -row.structures_interested, row.name))


FIGURES = tuple(field.name for field in fields(Figures))


def _by_region(found: dict, rows: QuerySet, region: str, counts: dict[str, Count]) -> None:
    for row in rows.order_by().values(region).annotate(**counts):
        found[row.pop(region)].update(row)


@dataclass(frozen=True)
class FunnelStep:
    label: str
    count: int
    share: float


def funnel(day: date, known: Figures) -> list[FunnelStep]:
    """How many persons had reached each step of the enrolment by then; `share` of the first step, 0 to 1."""
    moment = end_of(day)
    planned = TrainingPlan.objects.filter(drawn_at__lt=moment)
    sealed = Dossier.objects.filter(sealed_at__lt=moment)
    judged = Candidate.objects.filter(session__in=juries_held(day)).exclude(presence=Presence.ABSENT)
    counts = [
        ("Inscrits", known.enrolled),
        ("Avec un plan de formation", _persons(planned)),
        ("Dossier scellé", _persons(sealed)),
        ("Passés devant un jury", _persons(judged)),
        ("Certifiés", known.certified),
    ]
    first = counts[0][1] or 1
    return [FunnelStep(label=label, count=count, share=count / first) for label, count in counts]


def _persons(rows: QuerySet) -> int:
    return rows.aggregate(n=Count("enrollment__trainee", distinct=True))["n"]
