"""The moments at which tests live: an ordinary one for all of them, and those drawn for the date-sensitive part."""

import random
from datetime import UTC, datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

import time_machine

FRANCE = ZoneInfo("Europe/Paris")

ORDINARY = datetime(2026, 11, 24, 10, tzinfo=FRANCE)
"""A Tuesday morning, far from a change of clock and from the ends of its month."""

NEVER = datetime(1990, 1, 1, tzinfo=FRANCE)
"""While modules are imported, so that no test lives on a day that was read then."""

NAMED = {
    "saturday": datetime(2026, 11, 28, 10, tzinfo=FRANCE),
    "sunday": datetime(2026, 11, 29, 18, tzinfo=FRANCE),
    "last_evening": datetime(2026, 12, 31, 23, 30, tzinfo=FRANCE),
    "first_minutes": datetime(2027, 1, 1, 0, 10, tzinfo=FRANCE),
    "before_summer_time": datetime(2027, 3, 28, 1, 30, tzinfo=FRANCE),
    "summer_time_day": datetime(2027, 3, 28, 14, tzinfo=FRANCE),
    "hour_lived_again": datetime(2027, 10, 31, 2, 30, tzinfo=FRANCE, fold=1),
    "winter_time_day": datetime(2027, 10, 31, 14, tzinfo=FRANCE),
    "29_february": datetime(2028, 2, 29, 10, tzinfo=FRANCE),
}
"""The days and hours on which calendars go wrong."""

SEED = 20261124
SHARE_OF_NAMED, SHARE_OF_DRAWN = 3, 24
"""A test meets one in so many of the moments of each kind: the whole part takes some three minutes."""
FIRST, DAYS = datetime(2027, 1, 1, tzinfo=UTC), 5 * 365


def drawn(count: int) -> dict[str, datetime]:
    """`count` moments by name: the named ones first, then minutes of the five years from 2027, by `SEED`."""
    luck = random.Random(SEED)
    moments = dict(list(NAMED.items())[:count])
    while len(moments) < count:
        moment = (FIRST + timedelta(minutes=luck.randrange(DAYS * 24 * 60))).astimezone(FRANCE)
        moments[f"{moment:%Y-%m-%d_%Hh%M}"] = moment
    return moments


def moments_of(test: str, count: int) -> dict[str, datetime]:
    """Those of the `count` moments that a test meets, which follow from its name and from theirs.

    So each moment is met by some tests of each large module.
    """
    return {
        name: moment
        for name, moment in drawn(count).items()
        if crc32(f"{test} {name}".encode()) % (SHARE_OF_NAMED if name in NAMED else SHARE_OF_DRAWN) == 0
    }


def living_at(moment: datetime) -> time_machine.travel:
    """The clock of the whole process set at `moment`, from which it goes on.

    In UTC, as time-machine would else change the time zone of the process too.
    """
    return time_machine.travel(moment.astimezone(UTC), tick=True)
