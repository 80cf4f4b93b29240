"""The data that a phone stores to evaluate, call the roll and sign without network."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import Q

from accounts.models import User
from core import clock
from evaluations.models import Activity, Competency, CurrentLevel, Domain, Framework, MasteryLevel
from evaluations.notebook.queries.rolls import read_rolls
from structures.enums import EVALUATING_ROLES
from structures.models import Membership, Structure
from trainees.enums import AbsenceReason, EnrollmentState, SessionKind, SessionPlace, TrainingModule
from trainees.models import Enrollment, MonthClosing
from trainees.queries.enrollments import tell_apart

SIGNED_MONTHS = timedelta(days=400)
"""How far back the signed months are sent to the phone: nothing older than a year can be recorded."""


def read_notebook(user: User) -> dict[str, Any]:
    """The crews of the structures where a person evaluates today, their frameworks, levels and sessions.

    The same number of queries whatever the crews. Nothing that evaluating does not need: neither birth nor
    address nor state of the contract but its dates.
    """
    structures = list(
        Structure.objects.filter(
            pk__in=Membership.objects.current()
            .filter(user=user, role__in=EVALUATING_ROLES)
            .values("structure_id")
        )
    )
    enrollments = list(
        Enrollment.objects.visible_to(user)
        .open()
        .filter(structure__in=structures)
        .select_related("trainee", "support")
    )
    tell_apart(enrollment.trainee for enrollment in enrollments)
    activities = _activities(enrollments)
    return {
        "owner": {"id": str(user.pk), "name": str(user)},
        "day": clock.today().isoformat(),
        "now": clock.now().isoformat(),
        "structures": [{"id": str(row.pk), "name": row.name} for row in structures],
        "supports": _supports(enrollments, activities),
        "people": _people(enrollments, user),
        "frameworks": _frameworks(enrollments, activities),
        "levels": _levels(enrollments),
        "trainers": _trainers(structures),
        "choices": {
            "modules": TrainingModule.choices,
            "places": SessionPlace.choices,
            "forms": SessionKind.choices,
            "absences": AbsenceReason.choices,
        },
    } | read_rolls(structures)


def _people(enrollments: list[Enrollment], user: User) -> list[dict]:
    signed = defaultdict(list)
    closings = MonthClosing.objects.filter(
        enrollment__in=enrollments, reopened_at=None, month__gte=clock.today() - SIGNED_MONTHS
    )
    for enrollment, month in closings.order_by("month").values_list("enrollment_id", "month"):
        signed[enrollment].append(f"{month:%Y-%m}")
    return [
        {
            "id": str(enrollment.pk),
            "name": str(enrollment.trainee),
            "first_name": enrollment.trainee.first_names.split()[0],
            "initials": _initials(enrollment),
            "support": enrollment.support.code,
            "structure": str(enrollment.structure_id),
            "framework": enrollment.framework_version,
            "mine": enrollment.referent_id == user.pk,
            "paused": enrollment.state == EnrollmentState.SUSPENDED,
            "contract": [enrollment.contract_start.isoformat(), enrollment.contract_end.isoformat()],
            "enrolled_on": enrollment.enrolled_on.isoformat(),
            "signed_months": signed[enrollment.pk],
        }
        for enrollment in enrollments
    ]


def _initials(enrollment: Enrollment) -> str:
    return (enrollment.trainee.first_names[:1] + enrollment.trainee.shown_name[:1]).upper()


def _activities(enrollments: list[Enrollment]) -> list[Activity]:
    return list(
        Activity.objects.filter(
            framework__version__in={enrollment.framework_version for enrollment in enrollments},
            support__in={enrollment.support_id for enrollment in enrollments},
        )
        .select_related("support")
        .prefetch_related("competencies")
    )


def _supports(enrollments: list[Enrollment], activities: list[Activity]) -> list[dict]:
    """The supports of the crews; each borrows the pictogram of its first activity."""
    icons = {activity.support_id: activity.icon for activity in reversed(activities)}
    supports = sorted({enrollment.support for enrollment in enrollments}, key=lambda support: support.name)
    return [{"code": row.code, "name": row.name, "icon": icons.get(row.pk, "")} for row in supports]


def _frameworks(enrollments: list[Enrollment], activities: list[Activity]) -> list[dict]:
    """The versions that the crews follow, with the competencies of their supports alone."""
    frameworks = list(
        Framework.objects.filter(version__in={enrollment.framework_version for enrollment in enrollments})
    )
    supports = {enrollment.support_id for enrollment in enrollments}
    competencies = list(
        Competency.objects.filter(
            Q(support=None) | Q(support__in=supports), domain__framework__in=frameworks
        ).select_related("domain", "support")
    )
    levels = list(MasteryLevel.objects.filter(framework__in=frameworks))
    domains = list(Domain.objects.filter(framework__in=frameworks))
    return [
        {
            "version": framework.version,
            "notice": framework.notice,
            "levels": [
                {"rank": row.rank, "name": row.name, "short": row.short}
                for row in levels
                if row.framework_id == framework.pk
            ],
            "domains": [
                {"number": row.number, "name": row.name, "icon": row.icon}
                for row in domains
                if row.framework_id == framework.pk
            ],
            "competencies": [
                _competency(row) for row in competencies if row.domain.framework_id == framework.pk
            ],
            "activities": [_activity(row) for row in activities if row.framework_id == framework.pk],
        }
        for framework in frameworks
    ]


def _competency(row: Competency) -> dict:
    return {
        "id": str(row.pk),
        "code": row.code,
        "label": row.label,
        "domain": row.domain.number,
        "support": row.support.code if row.support else None,
    }


def _activity(row: Activity) -> dict:
    return {
        "id": row.pk,
        "name": row.name,
        "icon": row.icon,
        "support": row.support.code,
        "competencies": [competency.code for competency in row.competencies.all()],
    }


def _levels(enrollments: list[Enrollment]) -> dict[str, dict]:
    levels: dict[str, dict[str, list]] = defaultdict(dict)
    rows = CurrentLevel.objects.filter(enrollment__in=enrollments).order_by()
    for enrollment, competency, rank, seen_on in rows.values_list(
        "enrollment_id", "competency_id", "rank", "seen_on"
    ):
        levels[str(enrollment)][str(competency)] = [rank, seen_on.isoformat()]
    return levels


def _trainers(structures: list[Structure]) -> list[dict]:
    """Who may lead a session today; somebody who holds both roles is named once for each structure."""
    seats = (
        Membership.objects.current()
        .filter(structure__in=structures, role__in=EVALUATING_ROLES)
        .select_related("user")
    )
    people = {(row.structure_id, row.user_id): str(row.user) for row in seats}
    return [
        {"id": str(user), "name": name, "structure": str(structure)}
        for (structure, user), name in people.items()
    ]
