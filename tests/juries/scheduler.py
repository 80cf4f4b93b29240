"""Acts in threads of their own, each with its connection to PostgreSQL, scheduled one statement at a time.

After each statement an actor pauses, so also between its last statement and the commit. A scheduler picks the
actor that resumes. While an actor waits for a lock, as PostgreSQL reports, the others are scheduled; it is scheduled
again once the lock is released. The same seed replays the same interleaving.
"""

import random
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection

from core.errors import DomainError

PAUSED, RUNNING, DONE = "paused", "running", "done"
POLL_SECONDS = 0.004
"""Seconds before PostgreSQL is asked whether somebody waits for a lock."""

MOST_POLLS = 30_000
"""Polls before an actor is taken for stuck."""

BLOCKED = "SELECT pid FROM unnest(%s::int[]) AS pid WHERE cardinality(pg_blocking_pids(pid)) > 0"


@dataclass
class Act:
    """Something somebody does; `outcomes` is what it was answered: « done », or the refusal."""

    name: str
    do: Callable[[], object]
    outcomes: list[DomainError | None] = field(default_factory=list)


class InterleavingError(AssertionError):
    """What no interleaving may bring: an error that is no refusal, or nobody who can go on."""


class Actor(threading.Thread):
    """One tab: acts one after the other, a turn at a time."""

    def __init__(self, name: str, acts: Iterable[Act], changed: threading.Condition) -> None:
        super().__init__(name=name, daemon=True)
        self.acts, self.changed = list(acts), changed
        self.state, self.pid, self.statements = RUNNING, 0, 0
        self.error: Exception | None = None
        self.free = False
        self._turn = threading.Semaphore(0)

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.pid = connection.connection.info.backend_pid
            with connection.execute_wrapper(self._statement):
                for act in self.acts:
                    self._pause()
                    self._do(act)
        except Exception as error:  # noqa: BLE001 - told to whoever runs the actors
            self.error = error
        finally:
            connection.close()
            self._set_state(DONE)

    def resume(self) -> None:
        self.state = RUNNING
        self._turn.release()

    def finish(self) -> None:
        """No more turns: whatever is left is done, and the thread ends."""
        self.free = True
        self._turn.release()
        self.join()

    def _do(self, act: Act) -> None:
        try:
            act.do()
        except DomainError as refusal:
            act.outcomes.append(refusal)
        else:
            act.outcomes.append(None)

    def _statement(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        self.statements += 1
        self._pause()
        return answer

    def _pause(self) -> None:
        if not self.free:
            self._set_state(PAUSED)
            self._turn.acquire()

    def _set_state(self, state: str) -> None:
        with self.changed:
            self.state = state
            self.changed.notify_all()


class Scheduler:
    """The scheduler. `repeat` is the chance that whoever went on goes on once more."""

    def __init__(self, tabs: dict[str, list[Act]], chance: random.Random, repeat: float) -> None:
        self.changed = threading.Condition()
        self.actors = [Actor(name, acts, self.changed) for name, acts in tabs.items()]
        self.chance, self.repeat = chance, repeat
        self.waits = self.switches = 0
        self.order: list[str] = []

    def play(self) -> None:
        """Let everybody go on, in an order of luck, until all is done."""
        for actor in self.actors:
            actor.start()
        try:
            self._take_turns()
        finally:
            for actor in self.actors:
                actor.finish()
        broken = {actor.name: actor.error for actor in self.actors if actor.error}
        if broken:
            raise InterleavingError(f"{broken!r} after {' '.join(self.order)}")

    def _take_turns(self) -> None:
        waiting = self._wait_until_idle(set())
        last = None
        while live := [actor for actor in self.actors if actor.state != DONE]:
            paused = [actor for actor in live if actor.state == PAUSED]
            if paused:
                picked = last if last in paused and self.chance.random() < self.repeat else None
                picked = picked or self.chance.choice(paused)
                self.switches += picked is not last
                self.order.append(picked.name)
                last = picked
                picked.resume()
            now = self._wait_until_idle(waiting)
            self.waits += len(now - waiting)
            waiting = now

    @property
    def statements(self) -> int:
        return sum(actor.statements for actor in self.actors)

    def _wait_until_idle(self, waiting: set[Actor]) -> set[Actor]:
        """Wait until everybody is paused, done, or kept waiting by a lock; gives the last ones."""
        for _ in range(MOST_POLLS):
            running = self._poll(waiting)
            if not running:
                return set()
            blocked = _blocked([actor.pid for actor in running])
            with self.changed:
                if self._running() == running and {actor.pid for actor in running} <= blocked:
                    waiting = running
                    if any(actor.state == PAUSED for actor in self.actors):
                        return running
                else:
                    waiting = set()
        raise InterleavingError(f"nobody goes on after {' '.join(self.order)}")

    def _poll(self, waiting: set[Actor]) -> set[Actor]:
        """Who still runs after a short while, or at once when nobody but those `waiting` does."""
        with self.changed:
            self.changed.wait_for(lambda: self._running() <= waiting, POLL_SECONDS)
            return self._running()

    def _running(self) -> set[Actor]:
        return {actor for actor in self.actors if actor.state == RUNNING}


def _blocked(pids: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED, [pids])
        return {pid for (pid,) in cursor.fetchall()}
