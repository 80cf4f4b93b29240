"""What paths have planned, and where they are going: read for a whole list at once.

However many paths there are, `forecasts` asks three questions of the database, and keeps the breaks and the
immersions on the paths for those who read them next.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum, prefetch_related_objects

from trainees.enums import Modality, SessionState
from trainees.models import Attendance, Enrollment, Immersion, Pause, TrainingPlan
from trainees.rules.hours.forecast import Course, Forecast, foresee, recent_window
from trainees.rules.hours.weeks import Minutes, Placement, Span
from trainees.rules.immersions import minutes_of_day


def with_plan(paths: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """Add to each path the minutes of its plan in force, by modality; None without a plan."""
    newest = TrainingPlan.objects.filter(enrollment=OuterRef("pk")).order_by("-revision")
    return paths.annotate(
        **{f"plan_{modality}": Subquery(newest.values(f"{modality}_minutes")[:1]) for modality in Modality}
    )


def planned_minutes(path: Enrollment) -> int | None:
    """The whole of the plan of a path read `with_plan`."""
    plan = _plan_of(path)
    return plan.total if plan else None


def forecasts(paths: Sequence[Enrollment], today: date) -> dict[UUID, Forecast]:
    """The forecast of each open path among those read `with_plan`, by id."""
    paths = [path for path in paths if path.is_open]
    if not paths:
        return {}
    prefetch_related_objects(paths, "pauses", "immersions")
    courses = {path.pk: _course_of(path, today) for path in paths}
    windows = {pk: recent_window(course) for pk, course in courses.items()}
    since = min(window.since for window in windows.values())
    recent: dict[UUID, int] = defaultdict(int)
    for pk, day, minutes in _attended(paths, since, today):
        if day >= windows[pk].since:
            recent[pk] += minutes
    return {pk: foresee(course, windows[pk], recent[pk]) for pk, course in courses.items()}


def course_of(
    path: Enrollment,
    planned: Minutes | None,
    today: date,
    placements: Sequence[Placement],
    breaks: Sequence[Span],
) -> Course:
    """What the pace of a path is read from."""
    return Course(
        today=today,
        starts_on=first_day(path),
        contract_end=path.contract_end,
        weekly_minutes=int(path.weekly_hours * 60),
        planned=planned,
        done=Minutes(path.done_production_minutes, path.done_classroom_minutes, path.done_immersion_minutes),
        placements=placements,
        breaks=breaks,
    )


def _course_of(path: Enrollment, today: date) -> Course:
    placements = [placement_of(immersion) for immersion in path.immersions.all()]
    breaks = [break_of(pause, today) for pause in path.pauses.all()]
    return course_of(path, _plan_of(path), today, placements, breaks)


def _plan_of(path: Enrollment) -> Minutes | None:
    production, classroom, immersion = path.plan_production, path.plan_classroom, path.plan_immersion
    if production is None or classroom is None or immersion is None:
        return None
    return Minutes(production, classroom, immersion)


def first_day(path: Enrollment) -> date:
    """The first day a path could train: enrolled, and under contract."""
    return max(path.enrolled_on, path.contract_start)


def days_of(plan: TrainingPlan) -> tuple[date, date]:
    """The first and last day of a plan: its own dates, or from the enrolment to the end of the contract."""
    enrollment = plan.enrollment
    start = plan.starts_on or first_day(enrollment)
    return start, max(start, plan.ends_on or enrollment.contract_end)


def break_of(pause: Pause, today: date) -> Span:
    """The days of a break; one that is still open lasts until today, as nobody knows its end."""
    return Span(pause.starts_on, pause.ends_on or max(today, pause.starts_on))


def placement_of(immersion: Immersion) -> Placement:
    return Placement(
        span=Span(immersion.starts_on, immersion.ends_on),
        planned=immersion.planned_minutes,
        done=immersion.done_minutes,
        weekdays={int(day): minutes_of_day(slots) for day, slots in immersion.schedule.items()},
    )


def _attended(paths: Sequence[Enrollment], since: date, today: date) -> QuerySet:
    """The minutes of sessions held by path and day, from `since` until yesterday."""
    rows = Attendance.objects.filter(
        enrollment__in=paths,
        minutes__gt=0,
        session__state=SessionState.HELD,
        session__held_on__range=(since, today - timedelta(days=1)),
    )
    by_day = rows.order_by().values_list("enrollment", "session__held_on")
    return by_day.annotate(total=Sum("minutes"))
