"""The one clock of the site.

Services and model defaults ask this module for the time, so that the demo data and the tests
can act at another moment than the one of the machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

YEARS = range(1900, 2101)
"""Years in which people are born and the site counts: further away, date arithmetic leaves the calendar."""

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The aware moment it is, in UTC."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The calendar day it is in France (`TIME_ZONE`)."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware `moment` for the length of the block."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
