import os
import signal
import time
from collections.abc import Iterator

import pytest

from cqp.pool import LastingPool


@pytest.fixture
def pool() -> Iterator[LastingPool]:
    pool = LastingPool(1)
    yield pool
    pool.terminate()
    pool.join()


def test_the_process_after_a_killed_one_takes_the_next_task(pool):
    for _ in range(3):
        waiting = pool.apply_async(os.getpid).get(timeout=10)
        time.sleep(0.2)  # it is back at the pipe, with the lock
        os.kill(waiting, signal.SIGKILL)

        assert pool.apply_async(os.getpid).get(timeout=10) != waiting


def test_a_pool_that_waits_is_stopped_at_once(pool):
    waiting = pool.apply_async(os.getpid).get(timeout=10)

    pool.terminate()
    pool.join()

    with pytest.raises(ProcessLookupError):
        os.kill(waiting, 0)
