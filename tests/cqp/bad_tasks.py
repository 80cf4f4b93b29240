"""Tasks that do what none of ours should."""

import signal
import time
from datetime import timedelta
from uuid import UUID

from core.tasks import work_task

WITHIN = timedelta(seconds=1)


@work_task
def do_nothing(subject_id: UUID) -> None:
    pass


@work_task(within=WITHIN)
def sleep_long(subject_id: UUID) -> None:
    time.sleep(60)


@work_task(within=WITHIN)
def hear_nothing(subject_id: UUID) -> None:
    """As a C library that does not come back to the interpreter."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(60)
