"""The storm itself: releases, workers that are killed, a broker emptied, a disk full."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from benchmarks.faults.places import Disk, empty_broker
from benchmarks.faults.workers import Workers
from benchmarks.faults.world import release_all
from certificates.models import Certificate
from juries.models import JurySession

LAST_KILL = 0.97
"""The share of files from which workers are left in peace: the piece of a dead one waits for its lease.

Before that, one file at least comes between two kills: on a machine under load nothing would ever end.
"""

BETWEEN_SWEEPS = 3

EMPTIED_AT = (0.3, 0.6)
"""The shares of files at which the broker, where there is one, forgets everything."""


@dataclass(frozen=True)
class Plan:
    """What happens, and how fast; times in seconds. Without a `sweep` of its own, a worker runs beat.

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
class Storm:
    """What was done to the pipeline, and how long it took."""

    plan: Plan
    disk: str = ""
    kills: int = 0
    emptied: int = 0
    forgotten: int = 0
    refused_writes: int = 0
    entering: float = 0
    took: float = 0
    failures: list[str] = field(default_factory=list)


def rage(plan: Plan, sessions: list[JurySession], judge: Callable[[Storm], None]) -> None:
    """Release the sessions, have their certificates drawn while everything fails in turn, and judge what is left.

    All that it started, and the disk, are gone when it returns, whatever happened.
    """
    disk = Disk(plan.private, megabytes=plan.megabytes)
    storm, halt = Storm(plan, str(disk)), Event()
    releases = Thread(target=_release, args=(sessions, storm, halt))
    started = time.monotonic()
    workers = Workers(plan.workers, plan.environment, plan.log, beat=plan.sweep is None)
    try:
        releases.start()
        _strike(storm, workers, disk, started)
        storm.took = time.monotonic() - started
        workers.stop()
        storm.kills = workers.kills
        storm.refused_writes = _refused_writes(plan, disk)
        releases.join()
        judge(storm)
    finally:
        halt.set()
        workers.stop()
        if releases.is_alive():
            releases.join()
        disk.restore()


def _release(sessions: list[JurySession], storm: Storm, halt: Event) -> None:
    started = time.monotonic()
    try:
        release_all(sessions, halt)
    except Exception as error:  # noqa: BLE001 - told with the figures
        storm.failures.append(f"release: {error}")
    storm.entering = time.monotonic() - started


def _strike(storm: Storm, workers: Workers, disk: Disk, started: float) -> None:
    """Strike, each blow at its moment, until every certificate has its file or time is over."""
    plan, now = storm.plan, started
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
        if storm.emptied < len(plan.emptied_at) and share >= plan.emptied_at[storm.emptied]:
            storm.forgotten += empty_broker(plan.redis_url)
            storm.emptied += 1
        if killed_at < share < LAST_KILL and now >= next_kill:
            workers.kill_one(plan.chance)
            killed_at = share
            next_kill = now + plan.chance.uniform(0.5, 1.5) * plan.between_kills
        if plan.sweep and now >= next_sweep:
            plan.sweep()
            next_sweep = now + BETWEEN_SWEEPS
        time.sleep(0.5)
        now = time.monotonic()


def _refused_writes(plan: Plan, disk: Disk) -> int:
    return plan.log.read_text(errors="replace").count(disk.refusal)
