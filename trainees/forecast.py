"""When a path will be ready, if it goes on as it has."""

from datetime import date, timedelta

from trainees.models import Enrollment

ENOUGH_MINUTES = 14 * 60
FARTHEST = timedelta(days=3 * 365)


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
