"""When the plan of an enrolment will be done if it goes on at its present pace. Nothing here reads the database.

The pace is that of the sessions, in production and in a classroom, over the last eight worked weeks: whole
weeks up to yesterday, as many as it takes to hold forty working days out of breaks and immersions, or every
day there was in a younger enrolment. The immersions follow their own dates; the hours that none of them covers
yet will take days of seven hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from trainees.enums import Modality
from trainees.rules.hours.weeks import ONE_DAY, Minutes, Placement, Span

RECENT_DAYS = 40
ENOUGH_DAYS = 20
FEWEST_DAYS = 10
ENOUGH_MINUTES = 14 * 60
FULL_DAY = 7 * 60
FARTHEST = timedelta(days=3 * 365)
SLIGHT = 1e-6  # what adding up shares of days may lose


@dataclass(frozen=True)
class Course:
    """What an enrolment has planned and done on a day, for all that its pace is read from."""

    today: date
    starts_on: date
    contract_end: date
    weekly_minutes: int
    planned: Minutes | None
    done: Minutes
    placements: Sequence[Placement] = ()
    breaks: Sequence[Span] = ()


@dataclass(frozen=True)
class Window:
    """The recent days that tell the pace: since when, how many were worked, whether it is all the past."""

    since: date
    worked_days: float
    is_whole_past: bool
    has_break: bool

    @property
    def weeks(self) -> int:
        """How many weeks of five days were worked, at least one."""
        return max(1, round(self.worked_days / 5))


@dataclass(frozen=True)
class Forecast:
    """Where an enrolment is going: minutes left, weekly minutes of its pace, the day the plan will be done.

    `ready_on` is None without a plan, too early to tell, when nothing was done lately, or farther than three
    years; today once all is done. `sessions_left` is the part of `left` out of immersion, `unplaced` the
    immersion that no period covers. `missing` is what the end of the contract will lack, `needed` the weekly
    minutes of sessions that would still make it, None when nothing can.
    """

    today: date
    contract_end: date
    planned: int | None
    done: int
    left: int
    sessions_left: int = 0
    unplaced: int = 0
    weekly: int | None = None
    window: Window | None = None
    ready_on: date | None = None
    missing: int = 0
    needed: int | None = None
    most_weekly: int = 0
    is_paused: bool = False

    @property
    def is_done(self) -> bool:
        return bool(self.planned) and self.left == 0

    @property
    def is_still(self) -> bool:
        """Whether no session gave hours lately, though some are left."""
        return self.weekly == 0 and self.left > 0 and self.ready_on is None

    @property
    def is_late(self) -> bool:
        """Whether the contract ends before the plan at this pace."""
        return self.missing > 0


def recent_window(course: Course) -> Window:
    """The last whole weeks before today with at least forty worked days, or all there was since the enrolment began.

    Whole weeks hold each weekday equally often, so that who trains on Saturdays has the same pace whatever
    day it is read.
    """
    busy, worked, since = _busy_minutes(course.placements), 0.0, course.today
    is_enough = False
    while not is_enough and since > course.starts_on:
        since -= ONE_DAY
        worked += _room(since, busy, course.breaks)
        is_enough = worked >= RECENT_DAYS and (course.today - since).days % 7 == 0
    seen = Span(since, course.today - ONE_DAY)
    return Window(since, worked, not is_enough, any(_meet(seen, pause) for pause in course.breaks))


def foresee(course: Course, window: Window, recent_minutes: int) -> Forecast:
    """The forecast of an enrolment from the minutes of sessions done in its window."""
    done, planned = course.done, course.planned
    if not planned:
        return Forecast(course.today, course.contract_end, None, done.total, 0)
    lacking = {modality: max(0, planned.of(modality) - done.of(modality)) for modality in Modality}
    left = sum(lacking.values())
    found = Forecast(
        today=course.today,
        contract_end=course.contract_end,
        planned=planned.total,
        done=done.total,
        left=left,
        most_weekly=course.weekly_minutes,
        is_paused=any(course.today in pause for pause in course.breaks),
    )
    if not left:
        return replace(found, ready_on=course.today)
    coming = [placement for placement in course.placements if placement.done is None]
    placed = min(lacking[Modality.IMMERSION], sum(placement.planned for placement in coming))
    unplaced = lacking[Modality.IMMERSION] - placed
    sessions = left - lacking[Modality.IMMERSION]
    found = replace(found, sessions_left=sessions, unplaced=unplaced)
    too_early = window.worked_days < FEWEST_DAYS or (
        window.worked_days < ENOUGH_DAYS and done.total < ENOUGH_MINUTES
    )
    if too_early:
        return found
    daily = recent_minutes / window.worked_days
    to_work = _days_for(sessions, daily) + unplaced / FULL_DAY
    room = _room_until(course, course.contract_end)
    in_time = sum(row.planned for row in coming if row.span.ends_on <= course.contract_end)
    missing = left - min(placed, in_time) - _reached(sessions, unplaced, daily, room)
    return replace(
        found,
        window=window,
        weekly=round(daily * 5),
        ready_on=_day_after(course, to_work, at_least=max(_placed_by(coming, placed), course.today)),
        missing=max(0, ceil(missing - SLIGHT)),
        needed=_needed(sessions, unplaced, room),
    )


def _placed_by(coming: Sequence[Placement], minutes: int) -> date:
    """The last day of the immersion with which so many minutes are foreseen."""
    for placement in sorted(coming, key=lambda placement: placement.span.ends_on):
        if minutes <= placement.planned:
            return placement.span.ends_on if minutes else date.min
        minutes -= placement.planned
    return date.min


def _days_for(minutes: int, daily: float) -> float:
    if not minutes:
        return 0
    return minutes / daily if daily else float("inf")


def _reached(sessions: int, unplaced: int, daily: float, room: float) -> float:
    """The minutes that so many days would bring: sessions first, then the immersion not arranged yet."""
    lived = min(sessions, daily * room)
    spare = room - (_days_for(sessions, daily) if lived == sessions else room)
    return lived + min(unplaced, max(0, spare) * FULL_DAY)


def _needed(sessions: int, unplaced: int, room: float) -> int | None:
    days = room - unplaced / FULL_DAY
    return round(sessions / days * 5) if days > 0 else None


def _day_after(course: Course, days: float, *, at_least: date) -> date | None:
    """The first day with so many working days behind it, from tomorrow on; None farther than three years."""
    if days > FARTHEST.days:
        return None
    busy, worked, day = _busy_minutes(course.placements), 0.0, course.today
    while worked < days - SLIGHT:
        day += ONE_DAY
        worked += _room(day, busy, course.breaks)
        if day - course.today > FARTHEST:
            return None
    return max(day, at_least)


def _room_until(course: Course, end: date) -> float:
    busy = _busy_minutes(course.placements)
    return sum(_room(day, busy, course.breaks) for day in Span(course.today + ONE_DAY, end))


def _busy_minutes(placements: Sequence[Placement]) -> dict[date, int]:
    """The minutes of each day spent in a company, done or foreseen."""
    busy: dict[date, int] = {}
    for placement in placements:
        minutes = placement.planned if placement.done is None else placement.done
        for day, share in placement.spread(minutes).items():
            busy[day] = busy.get(day, 0) + share
    return busy


def _room(day: date, busy: dict[date, int], breaks: Sequence[Span]) -> float:
    """The share of a day that sessions may take: nothing on a break or a week-end, the rest of an immersion."""
    if day.weekday() > 4 or any(day in pause for pause in breaks):
        return 0.0
    return 1 - min(1, busy.get(day, 0) / FULL_DAY)


def _meet(one: Span, other: Span) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
