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
from trainees.rules.hours.weeks import ONE_DAY, ImmersionPeriod, Minutes, Span

RECENT_DAYS = 40
ENOUGH_DAYS = 20
FEWEST_DAYS = 10
ENOUGH_MINUTES = 14 * 60
FULL_DAY = 7 * 60
FARTHEST = timedelta(days=3 * 365)
ROUNDING = 1e-6  # rounding error of a sum of shares of days


@dataclass(frozen=True)
class HoursStatus:
    """The hours of an enrolment on a day: planned, done, immersions and breaks; what its forecast is computed from."""

    today: date
    starts_on: date
    contract_end: date
    weekly_minutes: int
    planned: Minutes | None
    done: Minutes
    periods: Sequence[ImmersionPeriod] = ()
    breaks: Sequence[Span] = ()


@dataclass(frozen=True)
class Window:
    """The recent days that the pace is computed on: since when, how many worked, whether nothing came before."""

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
    """The forecast of an enrolment: minutes left, weekly minutes at its pace, the day the plan will be done.

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
    def is_stalled(self) -> bool:
        """Whether no recent session gave hours, though some are left."""
        return self.weekly == 0 and self.left > 0 and self.ready_on is None

    @property
    def is_late(self) -> bool:
        """Whether the contract ends before the plan at this pace."""
        return self.missing > 0


def recent_window(status: HoursStatus) -> Window:
    """The last whole weeks before today with at least forty worked days, or all there was since the enrolment began.

    Whole weeks hold each weekday equally often, so that who trains on Saturdays has the same pace whatever
    day it is read.
    """
    busy, worked, since = _busy_minutes(status.periods), 0.0, status.today
    is_enough = False
    while not is_enough and since > status.starts_on:
        since -= ONE_DAY
        worked += _free_share(since, busy, status.breaks)
        is_enough = worked >= RECENT_DAYS and (status.today - since).days % 7 == 0
    seen = Span(since, status.today - ONE_DAY)
    return Window(since, worked, not is_enough, any(_overlap(seen, pause) for pause in status.breaks))


def compute_forecast(status: HoursStatus, window: Window, recent_minutes: int) -> Forecast:
    """The forecast of an enrolment from the minutes of sessions done in its window."""
    done, planned = status.done, status.planned
    if not planned:
        return Forecast(status.today, status.contract_end, None, done.total, 0)
    lacking = {modality: max(0, planned.of(modality) - done.of(modality)) for modality in Modality}
    left = sum(lacking.values())
    found = Forecast(
        today=status.today,
        contract_end=status.contract_end,
        planned=planned.total,
        done=done.total,
        left=left,
        most_weekly=status.weekly_minutes,
        is_paused=any(status.today in pause for pause in status.breaks),
    )
    if not left:
        return replace(found, ready_on=status.today)
    coming = [period for period in status.periods if period.done is None]
    placed = min(lacking[Modality.IMMERSION], sum(period.planned for period in coming))
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
    free_days = _free_days_until(status, status.contract_end)
    in_time = sum(row.planned for row in coming if row.span.ends_on <= status.contract_end)
    missing = left - min(placed, in_time) - _reached(sessions, unplaced, daily, free_days)
    return replace(
        found,
        window=window,
        weekly=round(daily * 5),
        ready_on=_day_after(status, to_work, at_least=max(_last_day_of(coming, placed), status.today)),
        missing=max(0, ceil(missing - ROUNDING)),
        needed=_needed(sessions, unplaced, free_days),
    )


def _last_day_of(coming: Sequence[ImmersionPeriod], minutes: int) -> date:
    """The last day of the immersion with which so many minutes are foreseen."""
    for period in sorted(coming, key=lambda period: period.span.ends_on):
        if minutes <= period.planned:
            return period.span.ends_on if minutes else date.min
        minutes -= period.planned
    return date.min


def _days_for(minutes: int, daily: float) -> float:
    if not minutes:
        return 0
    return minutes / daily if daily else float("inf")


def _reached(sessions: int, unplaced: int, daily: float, days: float) -> float:
    """The minutes that so many days would bring: sessions first, then the immersion not arranged yet."""
    in_sessions = min(sessions, daily * days)
    spare = days - (_days_for(sessions, daily) if in_sessions == sessions else days)
    return in_sessions + min(unplaced, max(0, spare) * FULL_DAY)


def _needed(sessions: int, unplaced: int, days: float) -> int | None:
    for_sessions = days - unplaced / FULL_DAY
    return round(sessions / for_sessions * 5) if for_sessions > 0 else None


def _day_after(status: HoursStatus, days: float, *, at_least: date) -> date | None:
    """The day on which so many working days from tomorrow on are over; None farther than three years."""
    if days > FARTHEST.days:
        return None
    busy, worked, day = _busy_minutes(status.periods), 0.0, status.today
    while worked < days - ROUNDING:
        day += ONE_DAY
        worked += _free_share(day, busy, status.breaks)
        if day - status.today > FARTHEST:
            return None
    return max(day, at_least)


def _free_days_until(status: HoursStatus, end: date) -> float:
    busy = _busy_minutes(status.periods)
    return sum(_free_share(day, busy, status.breaks) for day in Span(status.today + ONE_DAY, end))


def _busy_minutes(periods: Sequence[ImmersionPeriod]) -> dict[date, int]:
    """The minutes of each day spent in a company, done or foreseen."""
    busy: dict[date, int] = {}
    for period in periods:
        minutes = period.planned if period.done is None else period.done
        for day, share in period.spread(minutes).items():
            busy[day] = busy.get(day, 0) + share
    return busy


def _free_share(day: date, busy: dict[date, int], breaks: Sequence[Span]) -> float:
    """The share of a day left for sessions, 0 to 1: none on a break or a week-end, what an immersion leaves."""
    if day.weekday() > 4 or any(day in pause for pause in breaks):
        return 0.0
    return 1 - min(1, busy.get(day, 0) / FULL_DAY)


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
