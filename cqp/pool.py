"""The pool of task processes over the file-system broker, which a killed process does not stop.

Without an event loop (Redis has one, files have none) the processes of Celery share one pipe for their tasks, and each
waits in it holding a semaphore. A process killed there (SIGKILL, out of memory) takes the semaphore with it, and every
process after it waits for ever. Record locks of the system end with whoever holds them.
"""

import fcntl
import os
import tempfile
from typing import Any

from billiard.pool import Pool
from billiard.queues import SimpleQueue
from celery.concurrency import prefork


class RecordLock:
    """A lock between processes that the system gives back when its holder dies (POSIX record lock)."""

    def __init__(self) -> None:
        self._file, path = tempfile.mkstemp()  # open as long as the process
        os.unlink(path)

    def acquire(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN)

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *error: Any) -> None:
        self.release()


class LastingQueue(SimpleQueue):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._rlock, self._wlock = RecordLock(), RecordLock()

    def get_payload(self) -> bytes:
        """The next message. To wait takes nothing from the pipe: a process killed there leaves the message whole."""
        with self._rlock:
            self._reader.poll(None)
            return self._reader.recv_bytes()


class LastingPool(Pool):
    def _setup_queues(self) -> None:
        """What billiard does, with such queues."""
        super()._setup_queues()
        self._inqueue, self._outqueue = LastingQueue(ctx=self._ctx), LastingQueue(ctx=self._ctx)
        self._quick_put, self._quick_get = self._inqueue._writer.send, self._outqueue._reader.recv


class TaskPool(prefork.TaskPool):
    BlockingPool = LastingPool
