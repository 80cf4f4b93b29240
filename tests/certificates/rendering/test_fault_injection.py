"""Real workers: killed while they render certificates, replaced when they use too much memory."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.conf import settings

from benchmarks.fault_injection.builders import build, release_all
from benchmarks.fault_injection.checks import check
from benchmarks.fault_injection.injection import FaultPlan, FaultRun, inject_faults
from benchmarks.fault_injection.workers import Workers
from benchmarks.harness.figures import Figure
from certificates.models import Certificate
from core.tasks import sweep_work
from cqp.config.broker import broker_settings
from tests.site import certifier_keys, database_url

pytestmark = [pytest.mark.slow, pytest.mark.real_time, pytest.mark.django_db(transaction=True)]
TIMEOUT = 240


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """What a worker needs to do the work of this test process, with its database, broker and folder."""
    return {
        "DJANGO_SETTINGS_MODULE": "cqp.config.settings",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(settings.VAR_DIR),
        "RENDERING_SECONDS": "8",
        "LOG_LEVEL": "ERROR",
        **certifier_keys(tmp_path),
    }


@pytest.mark.exhaustive
def test_sixty_certificates_come_through_dead_workers_an_empty_broker_and_a_full_disk(environment):
    plan = FaultPlan(
        count=60,
        var_dir=Path(settings.VAR_DIR),
        redis_url=os.environ.get("REDIS_URL", ""),
        environment=environment,
        chance=random.Random(5),
        between_kills=4,
        disk_full=3,
        longest=TIMEOUT,
        sweep=sweep_work,
    )
    figures: list[Figure] = []

    def collect(run: FaultRun) -> None:
        figures.extend(check(run))

    inject_faults(plan, build(plan.count), collect)

    assert figures
    assert [str(figure) for figure in figures if figure.is_short] == []


def test_a_worker_goes_on_when_the_process_that_waits_for_its_tasks_is_killed(environment, tmp_path):
    workers = Workers(1, environment, tmp_path / "workers.log")
    (worker,) = workers.processes
    try:
        for count in (1, 2, 3):
            release_all(build(1))
            until = time.monotonic() + TIMEOUT / 4
            while Certificate.objects.exclude(file="").count() < count and time.monotonic() < until:
                time.sleep(0.1)
            for waiting in workers.children(worker):
                os.kill(waiting, signal.SIGKILL)
        rendered = Certificate.objects.exclude(file="").count()
    finally:
        workers.stop()

    assert rendered == 3


@pytest.mark.exhaustive
def test_a_worker_that_has_grown_too_large_gives_its_place_to_a_new_one(environment, tmp_path):
    workers = Workers(1, environment, tmp_path / "workers.log", options=["--max-memory-per-child", "1000"])
    (worker,) = workers.processes
    seen: set[int] = set()
    try:
        for _ in range(4):  # a message each, as a worker is only replaced between two
            release_all(build(1))
        until = time.monotonic() + TIMEOUT
        waiting = Certificate.objects.filter(file="")
        while (waiting.exists() or len(seen) < 2) and time.monotonic() < until:
            seen |= set(
                workers.children(worker)
            )  # the first may render all before the next message replaces it
            time.sleep(0.1)
        rendered = Certificate.objects.exclude(file="").count()
    finally:
        workers.stop()

    assert rendered == 4
    assert len(seen) >= 2


def test_the_limit_that_ships_is_far_above_one_certificate_and_below_what_a_small_server_has(tmp_path):
    limit = broker_settings("", tmp_path)["CELERY_WORKER_MAX_MEMORY_PER_CHILD"] / 1000

    assert 300 <= limit <= 500
