"""The worker of a site without Redis, as a real program on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from core import clock
from core.enums import WorkState
from core.models import Work
from core.models.work import MOST_ATTEMPTS
from core.services.work import schedule
from tests.cqp.bad_tasks import do_nothing, hear_nothing, sleep_long
from tests.site import database_url, descendants, still_running

pytestmark = [pytest.mark.slow, pytest.mark.real_time, pytest.mark.django_db(transaction=True)]
PATIENCE = 40
PROGRAM = """
import django
from django.core.management import call_command

django.setup()
import tests.cqp.bad_tasks
call_command("work", concurrency=2)
"""


class Worker:
    def __init__(self, log: Path) -> None:
        self.log = log
        environment = {
            "DJANGO_SETTINGS_MODULE": "cqp.config.settings",
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(log.parent),
            "LOG_LEVEL": "WARNING",
        }
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM],
                cwd=settings.BASE_DIR,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def children(self) -> dict[int, str]:
        return descendants(self.process.pid)

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@pytest.fixture
def worker(tmp_path) -> Iterator[Worker]:
    worker = Worker(tmp_path / "worker.log")
    yield worker
    if worker.process.poll() is None:
        os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait()


def wait_until(happened: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def row(task) -> Work:
    return Work.objects.get(task=task.name)


def all_done() -> bool:
    return not Work.objects.exclude(state=WorkState.DONE).exists()


def test_what_is_due_is_done_without_any_message(worker):
    schedule(do_nothing, [uuid4() for _ in range(30)])

    wait_until(all_done)

    assert set(Work.objects.values_list("attempts", flat=True)) == {1}


def test_a_process_that_is_killed_is_replaced(worker):
    schedule(do_nothing, uuid4())
    wait_until(all_done)
    killed = worker.children()

    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    schedule(do_nothing, uuid4())

    wait_until(all_done)
    assert not worker.children().keys() & killed.keys()


def test_processes_whose_worker_is_killed_end_by_themselves(worker):
    wait_until(lambda: len(worker.children()) == 2)
    orphans = worker.children()

    worker.process.kill()
    worker.process.wait()

    wait_until(lambda: not still_running(orphans))


def test_a_task_that_is_too_slow_is_interrupted_and_its_piece_put_back_with_the_reason(worker):
    schedule(sleep_long, uuid4())

    wait_until(lambda: row(sleep_long).error)

    assert (row(sleep_long).state, row(sleep_long).attempts) == (WorkState.PENDING, 1)
    assert "SoftTimeLimitExceeded" in row(sleep_long).error


def test_a_task_that_cannot_be_interrupted_is_killed_and_the_others_are_done(worker):
    schedule(hear_nothing, uuid4())
    wait_until(lambda: row(hear_nothing).attempts == 2)  # it was killed, and its lease ran out

    schedule(do_nothing, uuid4())

    wait_until(lambda: row(do_nothing).state == WorkState.DONE)
    assert "in hear_nothing" in worker.log.read_text()


def test_a_piece_that_takes_its_worker_down_at_each_attempt_is_not_taken_again_but_set_aside(worker):
    schedule(do_nothing, uuid4())
    wait_until(all_done)
    schedule(hear_nothing, uuid4(), after=timedelta(days=1))
    Work.objects.filter(task=hear_nothing.name).update(
        state=WorkState.RUNNING, attempts=MOST_ATTEMPTS, lease_until=clock.now()
    )

    wait_until(lambda: row(hear_nothing).state != WorkState.RUNNING)

    assert (row(hear_nothing).state, row(hear_nothing).attempts) == (WorkState.SET_ASIDE, MOST_ATTEMPTS)


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT,
        pytest.param(signal.SIGTERM, marks=pytest.mark.exhaustive),
        pytest.param(signal.SIGHUP, marks=pytest.mark.exhaustive),
    ],
)
def test_asked_to_stop_it_finishes_and_leaves_without_a_word(worker, number):
    schedule(do_nothing, uuid4())
    wait_until(all_done)
    children = worker.children()

    code = worker.stop(number)

    assert code == 0
    assert worker.log.read_text() == ""
    assert still_running(children) == []
