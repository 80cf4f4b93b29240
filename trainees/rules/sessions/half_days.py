"""The half-days of a session: as many signatures as the financiers ask for (one per half-day)."""

from collections.abc import Collection
from datetime import time

from trainees.enums import HalfDay

NOON = 13 * 60
"""The minute of the day when the afternoon begins."""

LEAST = 30
"""Minutes that a session must pass in a half-day for it to have a signature of its own."""


def half_days(starts_at: time, ends_at: time) -> list[HalfDay]:
    """The half-days to sign: those that hold more than half an hour of the session, at least one.

    7 h 30 – 13 h 30 is one morning, 9 h – 16 h a morning and an afternoon, 12 h 30 – 17 h one afternoon.
    """
    start, end = (moment.hour * 60 + moment.minute for moment in (starts_at, ends_at))
    morning, afternoon = min(end, NOON) - start, end - max(start, NOON)
    if min(morning, afternoon) > LEAST:
        return [HalfDay.MORNING, HalfDay.AFTERNOON]
    return [HalfDay.MORNING if morning >= afternoon else HalfDay.AFTERNOON]


def unsigned(halves: list[HalfDay], signed: Collection[str], *, is_whole: bool) -> list[HalfDay]:
    """The half-days that wait for the trainee's signature.

    Who was there the whole session signs each of them; who was there in part signs where they were, once at least.
    """
    missing = [half for half in halves if half not in signed]
    return missing if is_whole or len(missing) == len(halves) else []
