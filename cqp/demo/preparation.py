"""How far the demonstration has been built: written by the program that builds it, read by the pages.

Two lines of the journal say whether it is whole. A file in VAR_DIR says how many acts are done; the program
that builds holds a lock on it, which the system releases when that program ends, even killed.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from math import ceil
from pathlib import Path
from time import sleep

from django.conf import settings

from accounts.models import User
from core import clock
from core.formats import counted
from core.models import JournalEntry
from core.services.journal import record
from cqp.demo.structure_fixtures import ACCREDITED_STRUCTURES, ACTIVE_STRUCTURES, INTERESTED_STRUCTURES
from structures.models import Structure
from trainees.models import Enrollment

BEGUN, COMPLETED = "cqp.demo.begun", "cqp.demo.completed"
STRUCTURES = len(ACTIVE_STRUCTURES) + len(ACCREDITED_STRUCTURES) + len(INTERESTED_STRUCTURES)
PAUSE = 0.11
"""Seconds between two transactions: a writer that waits for SQLite tries again every 0.1 s at most."""


@dataclass(frozen=True)
class Preparation:
    """A demonstration that is not whole: what there is of it, and whether a program is still building it."""

    done: int
    total: int
    seconds_left: int | None
    structures: int
    people: int
    is_interrupted: bool

    @property
    def percent(self) -> int:
        """Rounded down, so that it is 100 only when every act is done."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def sentence(self) -> str:
        structures = f"{counted(self.structures, 'structure')} sur {STRUCTURES}"
        return f"{structures}, {counted(self.people, 'salarié inscrit,salariés inscrits')}."

    @property
    def wait(self) -> str:
        if self.seconds_left is None:
            return "Moins d’une minute, d’ordinaire."
        return f"Encore {counted(self.seconds_left, 'seconde')} environ."

    @property
    def announced(self) -> str:
        """What a screen reader says: something new every tenth only."""
        return f"Démonstration construite à {self.percent // 10 * 10} %"


def begin(*, by: User) -> None:
    record(action=BEGUN, subject=by, by=by, summary="La démonstration commence à se construire")


def complete(*, by: User) -> None:
    record(action=COMPLETED, subject=by, by=by, summary="La démonstration est complète")


def is_wanted() -> bool:
    """Whether there is nobody here yet, or a demonstration that was begun and never completed."""
    if not User.objects.exists():
        return True
    lines = JournalEntry.objects.filter(action__in=(BEGUN, COMPLETED)).values_list("action", flat=True)
    return set(lines) == {BEGUN}


def preparation() -> Preparation | None:
    """The demonstration as it is being built or as its building stopped; None when it is whole, or not wanted.

    A site whose demonstration is whole reads one empty file, and makes no query.
    """
    try:
        with path().open("rb", buffering=0) as file:
            words = file.read().split()
            is_interrupted = bool(words) and _take(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return None
    if not words or not is_wanted():
        return None
    done, total, started = map(int, words)
    return Preparation(
        done=done,
        total=total,
        seconds_left=_seconds_left(done, total, clock.now().timestamp() - started),
        structures=Structure.objects.count(),
        people=Enrollment.objects.count(),
        is_interrupted=is_interrupted,
    )


def _seconds_left(done: int, total: int, spent: float) -> int | None:
    """By the pace so far, rounded up to 5 s; None until a tenth is done."""
    if not done or done * 10 < total:
        return None
    return max(5, 5 * ceil(spent * (total - done) / done / 5))


class RunningBuild:
    """A build in progress, which one program runs at a time; it writes how far it is."""

    def __init__(self, file: FileIO) -> None:
        self.file = file
        self.started = clock.now().timestamp()
        self.write(0, 0)

    def report(self, done: int, total: int) -> None:
        """Write how many acts are done, then leave time for other writers."""
        self.write(done, total)
        sleep(PAUSE)

    def write(self, done: int, total: int) -> None:
        """A line that has always the same length, so that one write replaces it whole."""
        self.file.seek(0)
        self.file.write(f"{done:>8} {total:>8} {self.started:>12.0f}\n".encode())

    def end(self) -> None:
        self.file.truncate(0)


@contextmanager
def build_lock(*, inherited: int | None = None, wait: bool = True) -> Iterator[RunningBuild | None]:
    """Hold the lock for the length of the block, once any other build has ended; None at once without `wait`.

    `inherited` is the descriptor of a file locked by the program that started this one.
    """
    path().touch()
    with open(path() if inherited is None else inherited, "r+b", buffering=0) as file:
        is_locked = _take(file, fcntl.LOCK_EX, wait=wait)
        yield RunningBuild(file) if is_locked else None


def path() -> Path:
    return Path(settings.VAR_DIR, "demonstration.progress")


def _take(file: FileIO, lock: int, *, wait: bool = False) -> bool:
    """Lock the file until it is closed; whether that was possible."""
    try:
        fcntl.flock(file, lock if wait else lock | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
