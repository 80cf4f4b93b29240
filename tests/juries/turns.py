"""Acts in threads of their own, each with its connection to PostgreSQL, that go on one statement at a time.

After each statement an actor waits for its turn, so also between its last statement and the commit. A scheduler
picks who goes on. An actor that waits for a lock, which PostgreSQL itself tells, lets the others go on; it
comes back into the game once the lock is given up. The same luck replays the same interleaving.
"""

import random
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection

from core.errors import DomainError

PARKED, RUNNING, DONE = "parked", "running", "done"
GLANCE = 0.004
"""Seconds before PostgreSQL is asked whether somebody waits for a lock."""

PATIENCE = 30_000
"""Glances before an actor is taken for lost."""

BLOCKED = "SELECT pid FROM unnest(%s::int[]) AS pid WHERE cardinality(pg_blocking_pids(pid)) > 0"


@dataclass
class Act:
    """Something somebody does; `said` is what it was answered: « done », or the refusal."""

    name: str
    do: Callable[[], object]
    said: list[DomainError | None] = field(default_factory=list)


class Broken(AssertionError):
    """What no interleaving may bring: an error that is no refusal, or nobody who can go on."""


class Actor(threading.Thread):
    """One tab: acts one after the other, a turn at a time."""

    def __init__(self, name: str, acts: Iterable[Act], told: threading.Condition) -> None:
        super().__init__(name=name, daemon=True)
        self.acts, self.told = list(acts), told
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
            self._tell(DONE)

    def go_on(self) -> None:
        self.state = RUNNING
        self._turn.release()

    def let_go(self) -> None:
        """No more turns: whatever is left is done, and the thread ends."""
        self.free = True
        self._turn.release()
        self.join()

    def _do(self, act: Act) -> None:
        try:
            act.do()
        except DomainError as refusal:
            act.said.append(refusal)
        else:
            act.said.append(None)

    def _statement(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        self.statements += 1
        self._pause()
        return answer

    def _pause(self) -> None:
        if not self.free:
            self._tell(PARKED)
            self._turn.acquire()

    def _tell(self, state: str) -> None:
        with self.told:
            self.state = state
            self.told.notify_all()


class Turns:
    """The scheduler. `stay` is the chance that whoever went on goes on once more."""

    def __init__(self, tabs: dict[str, list[Act]], chance: random.Random, stay: float) -> None:
        self.told = threading.Condition()
        self.actors = [Actor(name, acts, self.told) for name, acts in tabs.items()]
        self.chance, self.stay = chance, stay
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
                actor.let_go()
        broken = {actor.name: actor.error for actor in self.actors if actor.error}
        if broken:
            raise Broken(f"{broken!r} after {' '.join(self.order)}")

    def _take_turns(self) -> None:
        waiting = self._settle(set())
        last = None
        while live := [actor for actor in self.actors if actor.state != DONE]:
            parked = [actor for actor in live if actor.state == PARKED]
            if parked:
                picked = last if last in parked and self.chance.random() < self.stay else None
                picked = picked or self.chance.choice(parked)
                self.switches += picked is not last
                self.order.append(picked.name)
                last = picked
                picked.go_on()
            now = self._settle(waiting)
            self.waits += len(now - waiting)
            waiting = now

    @property
    def statements(self) -> int:
        return sum(actor.statements for actor in self.actors)

    def _settle(self, waiting: set[Actor]) -> set[Actor]:
        """Wait until everybody is parked, done, or kept waiting by a lock; gives the last ones."""
        for _ in range(PATIENCE):
            running = self._glance(waiting)
            if not running:
                return set()
            held = _blocked([actor.pid for actor in running])
            with self.told:
                if self._running() == running and {actor.pid for actor in running} <= held:
                    waiting = running
                    if any(actor.state == PARKED for actor in self.actors):
                        return running
                else:
                    waiting = set()
        raise Broken(f"nobody goes on after {' '.join(self.order)}")

    def _glance(self, waiting: set[Actor]) -> set[Actor]:
        """Who still runs after a short while, or at once when nobody but those `waiting` does."""
        with self.told:
            self.told.wait_for(lambda: self._running() <= waiting, GLANCE)
            return self._running()

    def _running(self) -> set[Actor]:
        return {actor for actor in self.actors if actor.state == RUNNING}


def _blocked(pids: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED, [pids])
        return {pid for (pid,) in cursor.fetchall()}
