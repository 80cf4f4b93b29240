"""The worker of a site without Redis: it looks for due work in the database, so that no message is needed.

Celery's own transport over files is no choice: it loses what a killed process held, and a worker that lists a message
half written dies of it. The rows of `Work` are the queue anyway: looking at them every `PAUSE` is enough.
"""

import faulthandler
import multiprocessing
import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from logging import getLogger
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

from billiard.compat import mem_rss
from celery import Task
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from certificates.tasks.rendering import load_ahead
from core.tasks import pieces_to_do
from cqp.config.celery import app

PAUSE = 0.2
"""Seconds between two queries of the database when nothing is due."""

BETWEEN_STARTS = 1
"""Seconds before a process that died is replaced: the database may be away."""

logger = getLogger(__name__)


@contextmanager
def time_limits(task: Task) -> Iterator[None]:
    """Interrupt the task after its soft limit; end this process, saying where it was, after its hard one.

    The second is enforced by a thread of the interpreter itself: it also ends a task that hangs in a C library.
    """
    signal.setitimer(signal.ITIMER_REAL, task.soft_time_limit or app.conf.task_soft_time_limit)
    faulthandler.dump_traceback_later(task.time_limit or app.conf.task_time_limit, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()


def interrupt(number: int, frame: FrameType | None) -> None:
    raise SoftTimeLimitExceeded


class Command(BaseCommand):
    help = "Fait le travail de fond d’un site sans Redis, au premier plan. Ctrl-C finit ce qui est en cours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="Tâches traitées à la fois")
        parser.add_argument(
            "--max-memory-per-child",
            type=int,
            default=app.conf.worker_max_memory_per_child,
            help="Ko au-dessus desquels un processus laisse sa place à un nouveau",
        )

    def handle(self, *, concurrency: int, max_memory_per_child: int, **options: Any) -> None:
        """Keep that many processes at work: one that ends, or is killed, is replaced.

        They are forked from this one, which has loaded all that they need and does nothing else.
        """
        self.main_pid, self.most_memory, self.is_asked_to_stop = os.getpid(), max_memory_per_child, False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.request_stop)
        signal.signal(signal.SIGALRM, interrupt)
        app.loader.import_default_modules()
        load_ahead()
        processes = [self.fork(rank) for rank in range(concurrency)]
        while not self.is_asked_to_stop:
            wait([process.sentinel for process in processes], PAUSE)
            for rank, process in enumerate(processes):
                if not process.is_alive():
                    time.sleep(BETWEEN_STARTS if process.exitcode else 0)
                    processes[rank] = self.fork(rank)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()

    def request_stop(self, number: int, frame: FrameType | None) -> None:
        """Finish the current turn, then stop; the same signal again stops at once."""
        self.is_asked_to_stop = True
        signal.signal(number, signal.SIG_DFL)

    def fork(self, rank: int) -> BaseProcess:
        connections.close_all()  # two processes on one connection would spoil it
        process = multiprocessing.get_context("fork").Process(target=self.serve, args=[rank])
        process.start()
        return process

    def serve(self, rank: int) -> None:
        """Serve what is due until asked to stop, orphaned, or too large. The first one also runs what is periodic.

        It ends when the database does not answer: its replacement connects anew.
        """
        self.next_run: defaultdict[str, float] = defaultdict(float)
        while not self.is_asked_to_stop and os.getppid() == self.main_pid:
            if rank == 0:
                self.run_periodic_tasks()
            if not self.serve_round():
                time.sleep(PAUSE)
            elif mem_rss() > self.most_memory:
                return

    def run_periodic_tasks(self) -> None:
        """Run what beat would ask for; all of it at the start, as each may run twice or late."""
        for entry in app.conf.beat_schedule.values():
            if time.monotonic() >= self.next_run[entry["task"]]:
                self.next_run[entry["task"]] = time.monotonic() + entry["schedule"].total_seconds()
                self.run(entry["task"])

    def serve_round(self) -> int:
        """Give each task that has due work its turn; how many pieces were served."""
        return sum(self.run(name) or 0 for name in pieces_to_do() if not self.is_asked_to_stop)

    def run(self, name: str) -> int | None:
        try:
            with time_limits(app.tasks[name]):
                return app.tasks[name]()
        except Exception:  # one task that fails leaves the others their turn
            logger.exception("%s failed", name)
            return None
