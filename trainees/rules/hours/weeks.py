"""The hours of an enrolment week by week: those the plan foresaw and those that were done.

Nothing here reads the database: days and minutes go in, weeks come out. Every share is a whole number of
minutes and adds up to what was shared: the weeks planned make the plan in force, the weeks done what is done.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from trainees.enums import Modality

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Minutes:
    """Minutes by modality."""

    production: int = 0
    classroom: int = 0
    immersion: int = 0

    def __add__(self, other: "Minutes") -> "Minutes":
        return Minutes(*(self.of(modality) + other.of(modality) for modality in Modality))

    def of(self, modality: str) -> int:
        return getattr(self, modality)

    @property
    def total(self) -> int:
        return self.production + self.classroom + self.immersion

    @property
    def sessions(self) -> int:
        """Those of sessions, in production or in a classroom."""
        return self.production + self.classroom


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included; empty when it ends before it starts."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __iter__(self) -> Iterator[date]:
        return (self.starts_on + timedelta(n) for n in range((self.ends_on - self.starts_on).days + 1))


@dataclass(frozen=True)
class Plan:
    """A revision of the plan: in force from the day it was drawn up; its hours are spread over its span."""

    drawn_on: date
    minutes: Minutes
    span: Span


@dataclass(frozen=True)
class ImmersionPeriod:
    """An immersion: minutes planned, and done once confirmed; `weekdays` are the minutes by weekday (0 is Monday)."""

    span: Span
    planned: int
    done: int | None = None
    weekdays: Mapping[int, int] = field(default_factory=dict)

    def spread(self, minutes: int) -> dict[date, int]:
        """Minutes over the days of presence, or from Monday to Friday without a schedule."""
        days = [(day, self.weekdays.get(day.weekday(), 0)) for day in self.span]
        if not any(weight for _, weight in days):
            days = [(day, 1) for day in working_days(self.span)]
        shares = share_out(minutes, [weight for _, weight in days])
        return {day: share for (day, _), share in zip(days, shares, strict=True) if share}


@dataclass(frozen=True)
class Week:
    """An ISO week by its Monday: the minutes planned and done in it, and those up to its end."""

    monday: date
    planned: Minutes
    done: Minutes
    planned_so_far: Minutes
    done_so_far: Minutes
    is_break: bool

    @property
    def sunday(self) -> date:
        return self.monday + ONE_WEEK - ONE_DAY

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Done and planned: by modality, in all, and up to the end of the week."""
        parts = [(self.done.of(modality), self.planned.of(modality)) for modality in Modality]
        so_far = (self.done_so_far.total, self.planned_so_far.total)
        return [*parts, (self.done.total, self.planned.total), so_far]


Days = dict[date, int]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole shares, one a weight and never negative, that add up to it exactly."""
    whole = sum(weights)
    reached = [total * weight // whole for weight in accumulate(weights)]
    return [here - before for before, here in zip([0, *reached], reached, strict=False)]


def working_days(span: Span, breaks: Sequence[Span] = ()) -> list[date]:
    """From Monday to Friday out of the breaks; when none is left, within them; else any day of the span."""
    weekdays = [day for day in span if day.weekday() < 5]
    free = [day for day in weekdays if not any(day in pause for pause in breaks)]
    return free or weekdays or list(span)


def planned_days(
    plans: Sequence[Plan], periods: Sequence[ImmersionPeriod] = (), breaks: Sequence[Span] = ()
) -> dict[Modality, Days]:
    """The minutes foreseen each day by modality; together they make the last plan.

    The first plan counts from its own first day, as it is the plan of the whole enrolment. A revision, or a
    break, keeps the days before it and spreads what is left over the days after. When a revision asks for
    less than the days before it had foreseen, the latest of them lose their minutes. The hours of immersion
    are on the days of the immersions arranged; those that no immersion covers are spread as the others.
    """
    if not plans:
        return {modality: {} for modality in Modality}
    plans = sorted(plans, key=lambda plan: plan.drawn_on)
    arranged = _arranged(periods, plans[-1].minutes.immersion)
    not_arranged = _days_of_revisions(plans, breaks, Modality.IMMERSION, sum(arranged.values()))
    return {
        Modality.PRODUCTION: _days_of_revisions(plans, breaks, Modality.PRODUCTION),
        Modality.CLASSROOM: _days_of_revisions(plans, breaks, Modality.CLASSROOM),
        Modality.IMMERSION: _added(arranged.items(), not_arranged.items()),
    }


def done_days(
    attended: Iterable[tuple[date, str, int]], periods: Sequence[ImmersionPeriod] = ()
) -> dict[Modality, Days]:
    """The minutes done each day by modality, from the presences (day, modality, minutes) and the immersions.

    A confirmed immersion is spread over its own days, not counted on the day somebody confirmed it:
    a confirmation must not look like a week of forty hours.
    """
    days: dict[Modality, Days] = {modality: defaultdict(int) for modality in Modality}
    for day, modality, minutes in attended:
        days[Modality(modality)][day] += minutes
    done = [period.spread(period.done).items() for period in periods if period.done]
    days[Modality.IMMERSION] = _added(days[Modality.IMMERSION].items(), *done)
    return days


def week_by_week(
    planned: Mapping[Modality, Days],
    done: Mapping[Modality, Days],
    breaks: Sequence[Span] = (),
    until: date | None = None,
) -> list[Week]:
    """Every week from the first to the last with something in it, and as far as the one of `until`."""
    by_plan, by_attendance = _by_week(planned), _by_week(done)
    mondays = {*by_plan, *by_attendance}
    if not mondays:
        return []
    last = max(mondays | ({monday_of(until)} if until else set()))
    weeks, planned_so_far, done_so_far = [], Minutes(), Minutes()
    monday = min(mondays)
    while monday <= last:
        week_planned, week_done = by_plan.get(monday, Minutes()), by_attendance.get(monday, Minutes())
        planned_so_far, done_so_far = planned_so_far + week_planned, done_so_far + week_done
        workdays = Span(monday, monday + timedelta(days=4))
        is_break = all(any(day in pause for pause in breaks) for day in workdays)
        weeks.append(Week(monday, week_planned, week_done, planned_so_far, done_so_far, is_break))
        monday += ONE_WEEK
    return weeks


def _arranged(periods: Sequence[ImmersionPeriod], plan: int) -> Days:
    """The immersions arranged, day by day, reduced in proportion when they exceed the plan."""
    planned = [period.planned for period in periods]
    if sum(planned) > plan:
        planned = share_out(plan, planned)
    pairs = zip(periods, planned, strict=True)
    return _added(*(period.spread(minutes).items() for period, minutes in pairs))


def _days_of_revisions(
    plans: Sequence[Plan], breaks: Sequence[Span], modality: Modality, arranged: int = 0
) -> Days:
    """The days of one modality without what is arranged: each plan, then each break, spreads what is left after it."""
    changes = {plan.drawn_on for plan in plans[1:]} | {pause.starts_on for pause in breaks}
    days: Days = {}
    for change in [date.min, *sorted(changes)]:
        plan = next((plan for plan in reversed(plans) if plan.drawn_on <= change), plans[0])
        total = max(0, plan.minutes.of(modality) - arranged)
        days = _cut_down({day: minutes for day, minutes in days.items() if day < change}, total)
        left = total - sum(days.values())
        if left:
            span = Span(max(change, plan.span.starts_on), plan.span.ends_on)
            known = [pause for pause in breaks if pause.starts_on <= change]
            workdays = working_days(span, known) or [max(change, plan.span.starts_on)]
            days = _added(days.items(), zip(workdays, share_out(left, [1] * len(workdays)), strict=True))
    return days


def _cut_down(days: Days, total: int) -> Days:
    """The same days, without the minutes in excess of the total: the latest lose theirs."""
    excess, reduced = sum(days.values()) - total, {}
    for day in sorted(days, reverse=True):
        taken = min(days[day], max(0, excess))
        excess -= taken
        reduced[day] = days[day] - taken
    return {day: minutes for day, minutes in reduced.items() if minutes}


def _added(*parts: Iterable[tuple[date, int]]) -> Days:
    days: Days = defaultdict(int)
    for part in parts:
        for day, minutes in part:
            days[day] += minutes
    return {day: minutes for day, minutes in days.items() if minutes}


def _by_week(days: Mapping[Modality, Days]) -> dict[date, Minutes]:
    weeks: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Modality.values, 0))
    for modality, minutes_of in days.items():
        for day, minutes in minutes_of.items():
            weeks[monday_of(day)][modality] += minutes
    return {monday: Minutes(**minutes) for monday, minutes in weeks.items()}
