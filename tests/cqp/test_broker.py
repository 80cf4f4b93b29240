from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from threading import Event

import pytest
from celery.events import EventDispatcher
from kombu import Connection
from kombu.simple import SimpleQueue

from cqp.config.broker import REDIS_VISIBILITY, TASK_TIME_LIMIT, broker_settings

REDIS = "redis://localhost:6379/0"


@contextmanager
def open_queue(folder: Path) -> Iterator[SimpleQueue]:
    """A queue of the file broker. Its name is the folder's: a process declares each name once."""
    settings = broker_settings("", folder)
    options = settings["CELERY_BROKER_TRANSPORT_OPTIONS"]
    with Connection(settings["CELERY_BROKER_URL"], transport_options=options) as connection:
        queue = connection.SimpleQueue(folder.name)
        yield queue
        queue.close()


def test_a_message_comes_out_once_and_leaves_no_file(tmp_path):
    with open_queue(tmp_path) as queue:
        queue.put({"id": "é"})

        message = queue.get(timeout=2)
        message.ack()

        assert message.payload == {"id": "é"}
        with pytest.raises(Empty):
            queue.get(block=False)
        assert list(tmp_path.rglob("*.msg")) == []


def test_what_a_worker_tells_of_itself_leaves_no_file_as_nobody_listens(tmp_path):
    with open_queue(tmp_path) as queue:
        dispatcher = EventDispatcher(queue.channel.connection.client, hostname="worker@localhost")
        dispatcher.send("worker-heartbeat")

        assert list(tmp_path.rglob("*.msg")) == []


def test_messages_come_out_in_the_order_they_were_sent(tmp_path):
    with open_queue(tmp_path) as queue:
        for number in range(20):
            queue.put(number)

        received = [queue.get(timeout=2).payload for _ in range(20)]

        assert received == list(range(20))


def test_a_message_arrives_while_another_thread_is_still_declaring_its_queue(tmp_path):
    with open_queue(tmp_path) as queue:
        for table in tmp_path.rglob("*.exchange"):
            table.unlink()  # Declared in this process, not yet written: what the second thread sees.
        queue.put({"id": "é"})

        message = queue.get(timeout=1)
        message.ack()

        assert message.payload == {"id": "é"}


def test_readers_and_writers_at_once_lose_and_double_nothing(tmp_path):
    written = Event()

    def write(first: int) -> None:
        with open_queue(tmp_path) as queue:
            for number in range(first, first + 200):
                queue.put(number)

    def read() -> list[int]:
        received = []
        with open_queue(tmp_path) as queue:
            while True:
                was_last = written.is_set()
                try:
                    message = queue.get(timeout=0.1)
                except Empty:
                    if was_last:
                        return received
                else:
                    message.ack()
                    received.append(message.payload)

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        writers = [pool.submit(write, first) for first in (0, 200, 400)]
        failures = [writer.exception() for writer in writers]
        written.set()
        received = [number for reader in readers for number in reader.result()]

    assert failures == [None, None, None]
    assert sorted(received) == list(range(600))


def test_redis_hands_a_message_over_only_after_its_task_was_killed(tmp_path):
    options = broker_settings(REDIS, tmp_path)["CELERY_BROKER_TRANSPORT_OPTIONS"]

    assert options["visibility_timeout"] == REDIS_VISIBILITY > TASK_TIME_LIMIT


@pytest.mark.parametrize("redis_url", ["", REDIS])
def test_both_brokers_carry_only_json_one_message_ahead(tmp_path, redis_url):
    settings = broker_settings(redis_url, tmp_path)

    assert settings["CELERY_ACCEPT_CONTENT"] == ["json"]
    assert settings["CELERY_TASK_ACKS_LATE"]
    assert settings["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1
