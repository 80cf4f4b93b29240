from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from time import monotonic

from django.db import transaction
from django.utils import timezone

from core import clock
from core.services.journal import recorded_together

TURN = 0.5
"""Seconds that one transaction lasts, and a little more: whoever else writes to SQLite waits for its end."""


def working_day(day: date) -> date:
    """The day itself, or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


class Story:
    """Acts told in the order of their moments, each with the clock of the house at its own moment."""

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._rank = count()

    def at(self, day: date, hour: float, act: Callable[[], None]) -> None:
        """Plan an act on a day at an hour of France (9.5 is half past nine)."""
        moment = datetime.combine(day, time(int(hour), int(hour % 1 * 60)))
        heappush(self._acts, (timezone.make_aware(moment), next(self._rank), act))

    def tell(self, told_so_far: Callable[[int, int], None]) -> None:
        """Live through every act, in transactions of half a second; say after each how many are told, and of how many.

        An act may plan others, never in its past.
        """
        told = 0
        while self._acts:
            ends_at = monotonic() + TURN
            with transaction.atomic(), recorded_together():
                while self._acts and monotonic() < ends_at:
                    moment, _, act = heappop(self._acts)
                    with clock.at(moment):
                        act()
                    told += 1
            told_so_far(told, told + len(self._acts))
