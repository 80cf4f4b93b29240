from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Min
from django.db.models.functions import TruncMonth

from cqp.dashboard.queries.counts import certified
from trainees.models import Enrollment

MOST_MONTHS = 60


@dataclass(frozen=True)
class MonthPoint:
    month: date
    enrolled: int
    certified: int


def curve(day: date) -> list[MonthPoint]:
    """Enrolments and certificates added up month after month until `day` (at most the last five years)."""
    enrollment = "decision__candidate__enrollment__trainee"
    enrolments = (
        Enrollment.objects.filter(enrolled_on__lte=day).values("trainee").annotate(first=Min("enrolled_on"))
    )
    by_month: dict[date, list[int]] = {}
    for row in enrolments.values("first"):
        by_month.setdefault(row["first"].replace(day=1), [0, 0])[0] += 1
    rows = certified(day).annotate(month=TruncMonth("delivered_on")).order_by().values("month")
    for row in rows.annotate(n=Count(enrollment, distinct=True)):
        by_month.setdefault(row["month"], [0, 0])[1] += row["n"]
    if not by_month:
        return []
    return _added_up(by_month, day)[-MOST_MONTHS:]


def _added_up(by_month: dict[date, list[int]], day: date) -> list[MonthPoint]:
    points, month, enrolled, done = [], min(by_month), 0, 0
    while month <= day:
        new_enrolled, new_done = by_month.get(month, (0, 0))
        enrolled, done = enrolled + new_enrolled, done + new_done
        points.append(MonthPoint(month=month, enrolled=enrolled, certified=done))
        month += relativedelta(months=1)
    return points
