"""Faults while certificates are released: workers killed, the broker emptied, the disk full."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from benchmarks.fault_injection.builders import release_all
from benchmarks.fault_injection.resources import Disk, empty_broker
from benchmarks.fault_injection.workers import Workers
from certificates.models import Certificate
from juries.models import JurySession

LAST_KILL = 0.97
"""The share of files from which no worker is killed any more: the work of a dead one waits for its lease.

Before that, one file at least comes between two kills: on a machine under load the run would never end.
"""

BETWEEN_SWEEPS = 3

EMPTIED_AT = (0.3, 0.6)
"""The shares of files at which the broker, where there is one, is emptied."""


@dataclass(frozen=True)
class FaultPlan:
    """Which faults, and when; times in seconds. Without a `sweep` of its own, a worker runs beat.

    The disk stays full for `disk_full` at least, and until it has refused a write.
    """

    count: int
    var_dir: Path
    redis_url: str
    environment: dict[str, str]
    chance: random.Random
    workers: int = 2
    between_kills: float = 5
    disk_full_at: float = 0.1
    disk_full: float = 10
    megabytes: int = 0
    longest: float = 300
    sweep: Callable[[], None] | None = None

    @property
    def private(self) -> Path:
        return self.var_dir / "private"

    @property
    def emptied_at(self) -> tuple[float, ...]:
        return EMPTIED_AT if self.redis_url else ()

    @property
    def log(self) -> Path:
        return self.var_dir / "workers.log"


@dataclass
class FaultRun:
    """The faults that were injected, and how long the run took."""

    plan: FaultPlan
    disk: str = ""
    kills: int = 0
    emptied: int = 0
    lost_messages: int = 0
    refused_writes: int = 0
    entering: float = 0
    took: float = 0
    failures: list[str] = field(default_factory=list)


def inject_faults(plan: FaultPlan, sessions: list[JurySession], check: Callable[[FaultRun], None]) -> None:
    """Release the sessions, inject the faults while their certificates are rendered, then call `check`.

    When it returns, or raises, its processes are stopped and the disk is restored.
    """
    disk = Disk(plan.private, megabytes=plan.megabytes)
    run, halt = FaultRun(plan, str(disk)), Event()
    releases = Thread(target=_release, args=(sessions, run, halt))
    started = time.monotonic()
    workers = Workers(plan.workers, plan.environment, plan.log, beat=plan.sweep is None)
    try:
        releases.start()
        _inject(run, workers, disk, started)
        run.took = time.monotonic() - started
        workers.stop()
        run.kills = workers.kills
        run.refused_writes = _refused_writes(plan, disk)
        releases.join()
        check(run)
    finally:
        halt.set()
        workers.stop()
        if releases.is_alive():
            releases.join()
        disk.restore()


def _release(sessions: list[JurySession], run: FaultRun, halt: Event) -> None:
    started = time.monotonic()
    try:
        release_all(sessions, halt)
    except Exception as error:  # noqa: BLE001 - printed with the figures
        run.failures.append(f"release: {error}")
    run.entering = time.monotonic() - started


def _inject(run: FaultRun, workers: Workers, disk: Disk, started: float) -> None:
    """Inject each fault at its time, until every certificate has its file or `plan.longest` is over."""
    plan, now = run.plan, started
    next_kill, killed_at, free_at, next_sweep = started + plan.between_kills, 0, None, started
    while now - started < plan.longest:
        share = Certificate.objects.exclude(file="").count() / plan.count
        if share == 1 and not disk.is_full:
            return
        if free_at is None and share >= plan.disk_full_at:
            disk.fill()
            free_at = now + plan.disk_full
        if disk.is_full and now >= free_at and _refused_writes(plan, disk):
            disk.free()
        if run.emptied < len(plan.emptied_at) and share >= plan.emptied_at[run.emptied]:
            run.lost_messages += empty_broker(plan.redis_url)
            run.emptied += 1
        if killed_at < share < LAST_KILL and now >= next_kill:
            workers.kill_one(plan.chance)
            killed_at = share
            next_kill = now + plan.chance.uniform(0.5, 1.5) * plan.between_kills
        if plan.sweep and now >= next_sweep:
            plan.sweep()
            next_sweep = now + BETWEEN_SWEEPS
        time.sleep(0.5)
        now = time.monotonic()


def _refused_writes(plan: FaultPlan, disk: Disk) -> int:
    return plan.log.read_text(errors="replace").count(disk.refusal)
