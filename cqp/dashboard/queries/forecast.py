from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from dateutil.relativedelta import relativedelta
from django.db.models import Count

from cqp.dashboard.models import Objective
from cqp.dashboard.queries.counts import certified

WINDOW = timedelta(days=91)
# Eight times out of ten a Poisson count falls within 1.28 standard deviations of its mean.
EIGHT_IN_TEN = 1.28


@dataclass(frozen=True)
class Forecast:
    """Where the certified will be at the end of the objective, if the last three months go on."""

    target: int
    ends_on: date
    pace: float
    low: int
    high: int
    reached_on: date | None
    needed_pace: float


def forecast(day: date, certified_now: int, objective: Objective) -> Forecast:
    """Extend the pace of the last 91 days to the end of the objective, with an interval of eight in ten.

    `pace` and `needed_pace` are certified persons a month; `reached_on` is None when nothing moves or
    when the target lies more than fifty years away.
    """
    recent = certified(day).filter(delivered_on__gt=day - WINDOW)
    recent = recent.aggregate(n=Count("decision__candidate__enrollment__trainee", distinct=True))["n"]
    months = WINDOW.days / 30.44
    left = objective.months_left(day)
    spread = EIGHT_IN_TEN * sqrt(max(recent, 1))
    missing = max(objective.target - certified_now, 0)
    pace = recent / months
    wait = missing / pace if pace else None
    return Forecast(
        target=objective.target,
        ends_on=objective.ends_on,
        pace=pace,
        low=certified_now + int(max(recent - spread, 0) / months * left),
        high=certified_now + int((recent + spread) / months * left),
        reached_on=day + relativedelta(days=int(wait * 30.44)) if wait is not None and wait < 600 else None,
        needed_pace=missing / left if left else 0.0,
    )
