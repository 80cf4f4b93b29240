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
        """What sessions bring, in production or in a classroom."""
        return self.production + self.classroom


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both in; without any when it ends before it starts."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def __iter__(self) -> Iterator[date]:
        return (self.starts_on + timedelta(n) for n in range((self.ends_on - self.starts_on).days + 1))


@dataclass(frozen=True)
class Plan:
    """A revision of the plan: in force from the day it was drawn, to be lived over its span."""

    drawn_on: date
    minutes: Minutes
    span: Span


@dataclass(frozen=True)
class Placement:
    """An immersion: foreseen, and done once confirmed; `weekdays` weighs its days of presence (0 is Monday)."""

    span: Span
    planned: int
    done: int | None = None
    weekdays: Mapping[int, int] = field(default_factory=dict)

    def spread(self, minutes: int) -> dict[date, int]:
        """Minutes over the days of presence, or from Monday to Friday when no timetable says better."""
        days = [(day, self.weekdays.get(day.weekday(), 0)) for day in self.span]
        if not any(weight for _, weight in days):
            days = [(day, 1) for day in working_days(self.span)]
        shares = share_out(minutes, [weight for _, weight in days])
        return {day: share for (day, _), share in zip(days, shares, strict=True) if share}


@dataclass(frozen=True)
class Week:
    """An ISO week by its Monday: what it foresaw and what was done, in it and up to its end."""

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
    plans: Sequence[Plan], placements: Sequence[Placement] = (), breaks: Sequence[Span] = ()
) -> dict[Modality, Days]:
    """The minutes foreseen each day by modality; together they make the last plan.

    The first plan counts from its own first day, as it is the plan of the whole enrolment. A revision, or a
    break, keeps the days before it and spreads what is left over the days after. When a revision asks for
    less than the days before it had foreseen, the latest of them give way. The hours of immersion stand
    where immersions are arranged, those that no immersion covers are spread as the others.
    """
    if not plans:
        return {modality: {} for modality in Modality}
    plans = sorted(plans, key=lambda plan: plan.drawn_on)
    arranged = _arranged(placements, plans[-1].minutes.immersion)
    elsewhere = _in_turn(plans, breaks, Modality.IMMERSION, sum(arranged.values()))
    return {
        Modality.PRODUCTION: _in_turn(plans, breaks, Modality.PRODUCTION),
        Modality.CLASSROOM: _in_turn(plans, breaks, Modality.CLASSROOM),
        Modality.IMMERSION: _added(arranged.items(), elsewhere.items()),
    }


def done_days(
    attended: Iterable[tuple[date, str, int]], placements: Sequence[Placement] = ()
) -> dict[Modality, Days]:
    """The minutes done each day by modality, from the presences (day, modality, minutes) and the immersions.

    A confirmed immersion is spread over its own days, not counted on the day somebody confirmed it:
    those are the weeks that were lived, and one click must not look like a week of forty hours.
    """
    days: dict[Modality, Days] = {modality: defaultdict(int) for modality in Modality}
    for day, modality, minutes in attended:
        days[Modality(modality)][day] += minutes
    lived = [placement.spread(placement.done).items() for placement in placements if placement.done]
    days[Modality.IMMERSION] = _added(days[Modality.IMMERSION].items(), *lived)
    return days


def week_by_week(
    planned: Mapping[Modality, Days],
    done: Mapping[Modality, Days],
    breaks: Sequence[Span] = (),
    until: date | None = None,
) -> list[Week]:
    """Every week from the first to the last with something in it, and as far as the one of `until`."""
    by_plan, by_deed = _by_week(planned), _by_week(done)
    mondays = {*by_plan, *by_deed}
    if not mondays:
        return []
    last = max(mondays | ({monday_of(until)} if until else set()))
    weeks, planned_so_far, done_so_far = [], Minutes(), Minutes()
    monday = min(mondays)
    while monday <= last:
        foreseen, lived = by_plan.get(monday, Minutes()), by_deed.get(monday, Minutes())
        planned_so_far, done_so_far = planned_so_far + foreseen, done_so_far + lived
        workdays = Span(monday, monday + timedelta(days=4))
        is_break = all(any(day in pause for pause in breaks) for day in workdays)
        weeks.append(Week(monday, foreseen, lived, planned_so_far, done_so_far, is_break))
        monday += ONE_WEEK
    return weeks


def _arranged(placements: Sequence[Placement], plan: int) -> Days:
    """The immersions arranged, day by day, cut down in proportion when they pass what the plan foresees."""
    planned = [placement.planned for placement in placements]
    if sum(planned) > plan:
        planned = share_out(plan, planned)
    pairs = zip(placements, planned, strict=True)
    return _added(*(placement.spread(minutes).items() for placement, minutes in pairs))


def _in_turn(plans: Sequence[Plan], breaks: Sequence[Span], modality: Modality, arranged: int = 0) -> Days:
    """The days of one modality out of what is arranged, each plan and each break taking its turn."""
    turns = {plan.drawn_on for plan in plans[1:]} | {pause.starts_on for pause in breaks}
    days: Days = {}
    for turn in [date.min, *sorted(turns)]:
        plan = next((plan for plan in reversed(plans) if plan.drawn_on <= turn), plans[0])
        total = max(0, plan.minutes.of(modality) - arranged)
        days = _cut_down({day: minutes for day, minutes in days.items() if day < turn}, total)
        left = total - sum(days.values())
        if left:
            span = Span(max(turn, plan.span.starts_on), plan.span.ends_on)
            known = [pause for pause in breaks if pause.starts_on <= turn]
            room = working_days(span, known) or [max(turn, plan.span.starts_on)]
            days = _added(days.items(), zip(room, share_out(left, [1] * len(room)), strict=True))
    return days


def _cut_down(days: Days, total: int) -> Days:
    """The same days without what passes the total, taken from the latest."""
    excess, kept = sum(days.values()) - total, {}
    for day in sorted(days, reverse=True):
        taken = min(days[day], max(0, excess))
        excess -= taken
        kept[day] = days[day] - taken
    return {day: minutes for day, minutes in kept.items() if minutes}


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
