"""What a path has planned, and when it will be ready if it goes on as it has."""

from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from trainees.models import Enrollment, TrainingPlan

ENOUGH_MINUTES = 14 * 60
FARTHEST = timedelta(days=3 * 365)


def with_plan(paths: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    """Add to each path the minutes of its plan in force, by modality; None without a plan."""
    newest = TrainingPlan.objects.filter(enrollment=OuterRef("pk")).order_by("-revision")
    return paths.annotate(
        plan_production=Subquery(newest.values("production_minutes")[:1]),
        plan_classroom=Subquery(newest.values("classroom_minutes")[:1]),
        plan_immersion=Subquery(newest.values("immersion_minutes")[:1]),
    )


def planned_minutes(path: Enrollment) -> int | None:
    """The whole of the plan of a path read `with_plan`."""
    parts = (path.plan_production, path.plan_classroom, path.plan_immersion)
    return None if None in parts else sum(parts)


def ready_on(enrollment: Enrollment, planned_minutes: int | None, today: date) -> date | None:
    """The day the planned hours will be done at the pace kept since the enrolment.

    None while there is no plan, or too little behind (under 14 h) to tell; today once they are done.
    """
    if not planned_minutes or enrollment.done_minutes < ENOUGH_MINUTES:
        return None
    left = planned_minutes - enrollment.done_minutes
    if left <= 0:
        return today
    days = max((today - enrollment.enrolled_on).days, 7)
    wait = timedelta(days=round(left * days / enrollment.done_minutes))
    return today + wait if wait <= FARTHEST else None
