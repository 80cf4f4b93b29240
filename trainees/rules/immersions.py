"""The daily schedule of an immersion: how it is typed, stored, written in words and added up.

Stored as {"0": [["08:00", "12:00"], ["13:00", "17:00"]]}: each weekday of presence ("0" is Monday) with its
one or two slots, in order. Typed as people write it: « 8:00–12:00 / 13:00–17:00 », « 8h-12h et 13h30-17h ».
"""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import pairwise

from dateutil.easter import easter

from core.formats import DAYS, joined, timeofday

Slots = list[list[str]]
Schedule = dict[str, Slots]

MOST_SLOTS = 2
DAY_MINUTES = 24 * 60
TIME = r"(\d{1,2})(?:\s*[h:]\s*(\d{2})?)?"
SLOT = re.compile(rf"{TIME}\s*(?:-|–|—|à|a)\s*{TIME}", re.IGNORECASE)
BETWEEN_SLOTS = re.compile(r"\s*(?:/|,|;|\bet\b|\bpuis\b|\s)\s*", re.IGNORECASE)
UNREADABLE = "Ces horaires ne se lisent pas. Écrivez-les comme 8:00–12:00 / 13:00–17:00."


def read_slots(text: str) -> Slots:
    """The slots of one day as they were typed; a ValueError says in French what cannot be read."""
    slots, rest = [], text.strip()
    while rest:
        match = SLOT.match(rest)
        if match is None:
            raise ValueError(UNREADABLE)
        slots.append([_clock_time(match[1], match[2]), _clock_time(match[3], match[4])])
        rest = rest[match.end() :]
        if rest:
            between = BETWEEN_SLOTS.match(rest)
            if between is None or not rest[between.end() :]:
                raise ValueError(UNREADABLE)
            rest = rest[between.end() :]
    if fault := slots_fault(slots):
        raise ValueError(fault)
    return slots


def _clock_time(hour: str, minute: str | None) -> str:
    if int(hour) > 23 or int(minute or 0) > 59:
        raise ValueError("Une de ces heures n’existe pas : une journée va de 0:00 à 23:59.")
    return f"{int(hour):02d}:{int(minute or 0):02d}"


def slots_fault(slots: Slots) -> str:
    """Why the slots of one day is refused, or nothing."""
    if len(slots) > MOST_SLOTS:
        return "Une journée se dit en deux plages au plus : matin et après-midi."
    overlap = any(after[0] < before[1] for before, after in pairwise(slots))
    if overlap or any(end <= start for start, end in slots):
        return "Ces heures ne se suivent pas : chaque plage commence avant de finir, le matin d’abord."
    return ""


def schedule_fault(schedule: Schedule) -> str:
    """Why a schedule is refused, or nothing: its shape first, then the slots of each day."""
    if not isinstance(schedule, dict) or not set(schedule) <= set("0123456"):
        return UNREADABLE
    for slots in schedule.values():
        if not isinstance(slots, list) or not slots or not all(_is_slot(slot) for slot in slots):
            return UNREADABLE
        if fault := slots_fault(slots):
            return fault
    return ""


def _is_slot(slot) -> bool:
    pair = isinstance(slot, list | tuple) and len(slot) == 2
    return pair and all(
        isinstance(edge, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", edge) for edge in slot
    )


def minutes_at(edge: str) -> int:
    """Minutes since midnight."""
    hour, minute = edge.split(":")
    return int(hour) * 60 + int(minute)


def minutes_of_day(slots: Slots) -> int:
    return sum(minutes_at(end) - minutes_at(start) for start, end in slots)


def minutes_of_week(schedule: Schedule) -> int:
    return sum(minutes_of_day(slots) for slots in schedule.values())


def days_of_presence(schedule: Schedule, starts_on: date, ends_on: date) -> Iterator[date]:
    """The days of the period that the schedule names, public holidays included."""
    for distance in range((ends_on - starts_on).days + 1):
        day = starts_on + timedelta(days=distance)
        if str(day.weekday()) in schedule:
            yield day


def minutes_between(schedule: Schedule, starts_on: date, ends_on: date, *, holidays: bool = False) -> int:
    """The minutes of presence from one day to the other; those of public holidays only when asked for."""
    return sum(
        minutes_of_day(schedule[str(day.weekday())])
        for day in days_of_presence(schedule, starts_on, ends_on)
        if holidays or not is_holiday(day)
    )


def holidays_of_presence(schedule: Schedule, starts_on: date, ends_on: date) -> list[date]:
    return [day for day in days_of_presence(schedule, starts_on, ends_on) if is_holiday(day)]


def is_holiday(day: date) -> bool:
    """One of the eleven public holidays of the whole country (article L3133-1 of the Code du travail)."""
    return day in _holidays(day.year)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    sunday = easter(year)
    moving = (sunday + timedelta(days=days) for days in (1, 39, 50))
    return frozenset([*(date(year, month, day) for month, day in fixed), *moving])


def typed(slots: Slots) -> str:
    """The slots as a form shows them again: « 8:00–12:00 / 13:00–17:00 »."""
    return " / ".join("–".join(edge.removeprefix("0") for edge in slot) for slot in slots)


def in_words(slots: Slots) -> str:
    """« de 8 h à 12 h et de 13 h à 17 h »."""
    read = [[timeofday(time.fromisoformat(edge)) for edge in slot] for slot in slots]
    return joined(f"de {start} à {end}" for start, end in read)


def schedule_in_words(schedule: Schedule) -> list[str]:
    """One line for the days that follow each other with the same hours: « du lundi au jeudi, de 8 h à 12 h »."""
    runs: list[list[int]] = []
    for day in sorted(int(day) for day in schedule):
        if runs and day == runs[-1][-1] + 1 and schedule[str(day)] == schedule[str(day - 1)]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [f"{_days_in_words(run)}, {in_words(schedule[str(run[0])])}" for run in runs]


def _days_in_words(run: list[int]) -> str:
    first, last = DAYS[run[0]], DAYS[run[-1]]
    if len(run) < 3:
        return f"le {' et le '.join(DAYS[day] for day in run)}"
    return f"du {first} au {last}"


def week_in_words(schedule: Schedule) -> list[tuple[str, str, int]]:
    """Each weekday of presence, in order: its name, its slots in words, its minutes."""
    return [
        (DAYS[int(day)], in_words(schedule[day]), minutes_of_day(schedule[day])) for day in sorted(schedule)
    ]
