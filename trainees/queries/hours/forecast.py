"""The plans and forecasts of enrolments, read for a whole list at once.

`forecasts` makes three queries whatever the number of enrolments, and prefetches their breaks and immersions.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum, prefetch_related_objects

from trainees.enums import Modality, SessionState
from trainees.models import Attendance, Enrollment, Immersion, Pause, TrainingPlan
from trainees.rules.hours.forecast import Forecast, HoursStatus, compute_forecast, recent_window
from trainees.rules.hours.weeks import ImmersionPeriod, Minutes, Span
from trainees.rules.immersions import minutes_of_day


def with_plan(enrollments: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """Add to each enrolment the minutes of its plan in force, by modality; None without a plan."""
    newest = TrainingPlan.objects.filter(enrollment=OuterRef("pk")).order_by("-revision")
    return enrollments.annotate(
        **{f"plan_{modality}": Subquery(newest.values(f"{modality}_minutes")[:1]) for modality in Modality}
    )


def planned_minutes(enrollment: Enrollment) -> int | None:
    """The whole of the plan of an enrolment read `with_plan`."""
    plan = _plan_of(enrollment)
    return plan.total if plan else None


def forecasts(enrollments: Sequence[Enrollment], today: date) -> dict[UUID, Forecast]:
    """The forecast of each open enrolment among those read `with_plan`, by id."""
    enrollments = [enrollment for enrollment in enrollments if enrollment.is_open]
    if not enrollments:
        return {}
    prefetch_related_objects(enrollments, "pauses", "immersions")
    statuses = {enrollment.pk: _hours_status(enrollment, today) for enrollment in enrollments}
    windows = {pk: recent_window(status) for pk, status in statuses.items()}
    since = min(window.since for window in windows.values())
    recent: dict[UUID, int] = defaultdict(int)
    for pk, day, minutes in _attended(enrollments, since, today):
        if day >= windows[pk].since:
            recent[pk] += minutes
    return {pk: compute_forecast(status, windows[pk], recent[pk]) for pk, status in statuses.items()}


def hours_status_of(
    enrollment: Enrollment,
    planned: Minutes | None,
    today: date,
    periods: Sequence[ImmersionPeriod],
    breaks: Sequence[Span],
) -> HoursStatus:
    """What the forecast of an enrolment is computed from."""
    return HoursStatus(
        today=today,
        starts_on=first_day(enrollment),
        contract_end=enrollment.contract_end,
        weekly_minutes=int(enrollment.weekly_hours * 60),
        planned=planned,
        done=Minutes(
            enrollment.done_production_minutes,
            enrollment.done_classroom_minutes,
            enrollment.done_immersion_minutes,
        ),
        periods=periods,
        breaks=breaks,
    )


def _hours_status(enrollment: Enrollment, today: date) -> HoursStatus:
    periods = [period_of(immersion) for immersion in enrollment.immersions.all()]
    breaks = [break_of(pause, today) for pause in enrollment.pauses.all()]
    return hours_status_of(enrollment, _plan_of(enrollment), today, periods, breaks)


def _plan_of(enrollment: Enrollment) -> Minutes | None:
    production, classroom, immersion = (
        enrollment.plan_production,
        enrollment.plan_classroom,
        enrollment.plan_immersion,
    )
    if production is None or classroom is None or immersion is None:
        return None
    return Minutes(production, classroom, immersion)


def first_day(enrollment: Enrollment) -> date:
    """The first day an enrolment could train: enrolled, and under contract."""
    return max(enrollment.enrolled_on, enrollment.contract_start)


def days_of(plan: TrainingPlan) -> tuple[date, date]:
    """The first and last day of a plan: its own dates, or from the enrolment to the end of the contract."""
    enrollment = plan.enrollment
    start = plan.starts_on or first_day(enrollment)
    return start, max(start, plan.ends_on or enrollment.contract_end)


def break_of(pause: Pause, today: date) -> Span:
    """The days of a break; one that is still open lasts until today, its end being unknown."""
    return Span(pause.starts_on, pause.ends_on or max(today, pause.starts_on))


def period_of(immersion: Immersion) -> ImmersionPeriod:
    return ImmersionPeriod(
        span=Span(immersion.starts_on, immersion.ends_on),
        planned=immersion.planned_minutes,
        done=immersion.done_minutes,
        weekdays={int(day): minutes_of_day(slots) for day, slots in immersion.schedule.items()},
    )


def _attended(enrollments: Sequence[Enrollment], since: date, today: date) -> QuerySet:
    """The minutes of sessions held by enrolment and day, from `since` until yesterday."""
    rows = Attendance.objects.filter(
        enrollment__in=enrollments,
        minutes__gt=0,
        session__state=SessionState.HELD,
        session__held_on__range=(since, today - timedelta(days=1)),
    )
    by_day = rows.order_by().values_list("enrollment", "session__held_on")
    return by_day.annotate(total=Sum("minutes"))
