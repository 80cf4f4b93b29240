"""The pool of task processes over the file-system broker, which a killed process does not stop.

Without an event loop (Redis has one, files have none) the processes of Celery share one pipe for their tasks, and each
waits in it holding a semaphore. A process killed there (SIGKILL, out of memory) takes the semaphore with it, and every
process after it waits for ever. Record locks of the system end with whoever holds them.
"""

import fcntl
import tempfile
from typing import Any

from billiard.pool import Pool
from celery.concurrency import prefork


class RecordLock:
    """A lock between processes that the system gives back when its holder dies (POSIX record lock)."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the pool

    def acquire(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN)

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *error: Any) -> None:
        self.release()


class LastingPool(Pool):
    def _setup_queues(self) -> None:
        """The queues of billiard, with such a lock where the processes that may die take one."""
        super()._setup_queues()
        self._inqueue._rlock, self._outqueue._wlock = RecordLock(), RecordLock()


class TaskPool(prefork.TaskPool):
    BlockingPool = LastingPool
