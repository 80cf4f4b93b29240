"""Acts of the demonstration, each done by the services of the site at its own date in the past."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from time import monotonic

from django.db import transaction
from django.utils import timezone

from core import clock
from core.services.journal import recorded_together

TRANSACTION_SECONDS = 0.5
"""A transaction ends with the act that passes this time: any other writer to SQLite waits for its end."""


def working_day(day: date) -> date:
    """The day itself, or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


class Schedule:
    """Acts, run in the order of their moments with the clock set to each."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._rank = count()

    def at(self, day: date, hour: float, act: Callable[[], None]) -> None:
        """Plan an act on a day at an hour of France (9.5 is half past nine)."""
        moment = datetime.combine(day, time(int(hour), int(hour % 1 * 60)))
        heappush(self._acts, (timezone.make_aware(moment), next(self._rank), act))

    def run(self, report: Callable[[int, int], None]) -> None:
        """Run every act, in short transactions; after each of them, `report` gets the number of acts done and planned.

        An act may plan others, at its own moment or later.
        """
        done = 0
        while self._acts:
            ends_at = monotonic() + TRANSACTION_SECONDS
            with transaction.atomic(), recorded_together():
                while self._acts and monotonic() < ends_at:
                    moment, _, act = heappop(self._acts)
                    with clock.at(moment):
                        act()
                    done += 1
            report(done, done + len(self._acts))
