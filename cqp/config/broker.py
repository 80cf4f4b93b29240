"""How messages reach the worker: Redis when there is one, files in VAR_DIR otherwise.

The broker only makes things fast. What must not be lost is a row of core.models.Work, which the
sweep sends again; so a lost message is a delay, and a message received twice does nothing twice.
"""

import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

TASK_TIME_LIMIT = 10 * 60
"""Seconds after which a task is killed. Ours take seconds."""

EVENTS = "celeryev"
"""The exchange in which workers tell what they do."""

REDIS_VISIBILITY = 15 * 60
"""Seconds before Redis hands an unacknowledged message to another worker: above TASK_TIME_LIMIT."""


class WholeFileChannel(filesystem.Channel):
    """Kombu's file-system channel, with messages that appear whole and leave nothing behind.

    Kombu writes straight into the queue folder: a worker that lists it at that moment reads an empty
    message and dies of it. It also keeps every message for ever, or else moves it through the system's
    temporary folder, where it is lost when that is another file system. And it drops a message in silence
    as long as another thread has not finished writing down where the exchange leads.
    """

    supports_fanout = False

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        """The queue is the one that the routing key names: all of ours are direct.

        Nobody listens to the events of workers, and there would be a file for each heartbeat.
        """
        return [] if exchange == EVENTS else [routing_key]

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        name = f"{time.time_ns()}_{uuid4()}.{queue}.msg"
        draft = Path(self.processed_folder, name)
        draft.write_text(dumps(payload), encoding="utf-8")
        draft.replace(Path(self.data_folder_out, name))

    def _get(self, queue: str) -> dict[str, Any]:
        for path in sorted(Path(self.data_folder_in).iterdir()):
            if path.name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = Path(self.processed_folder, path.name)
            try:
                path.replace(taken)
            except FileNotFoundError:  # another worker was faster
                continue
            payload = loads(taken.read_text(encoding="utf-8"))
            taken.unlink()
            return payload
        raise Empty


class WholeFileTransport(filesystem.Transport):
    Channel = WholeFileChannel

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        # A worker that is asked to stop listens twice more before it does.
        super().drain_events(connection, timeout=timeout and min(timeout, 0.4))


TRANSPORT_ALIASES["wholefile"] = f"{__name__}:WholeFileTransport"


def broker_settings(redis_url: str, var_dir: Path) -> dict[str, Any]:
    """The CELERY_* settings, for Redis if `redis_url` is given and for files under `var_dir` otherwise."""
    return {
        **(redis_broker(redis_url) if redis_url else file_broker(var_dir / "broker")),
        "CELERY_ACCEPT_CONTENT": ["json"],
        "CELERY_TASK_SERIALIZER": "json",
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_TIME_LIMIT": TASK_TIME_LIMIT,
        "CELERY_TASK_SOFT_TIME_LIMIT": TASK_TIME_LIMIT - 30,
        # A page that schedules work must not hang when the broker is away: the sweep sends it again.
        "CELERY_TASK_PUBLISH_RETRY_POLICY": {"max_retries": 1, "interval_start": 0.1},
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        # Rendering PDFs grows a process: it is replaced after this many tasks, or above 400 MB.
        "CELERY_WORKER_MAX_TASKS_PER_CHILD": 500,
        "CELERY_WORKER_MAX_MEMORY_PER_CHILD": 400_000,
        # What a killed process leaves unsaid is on its row: its worker need not wait for the last word.
        "CELERY_WORKER_LOST_WAIT": 1,
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_BEAT_SCHEDULE_FILENAME": str(var_dir / "beat-schedule"),
    }


def redis_broker(url: str) -> dict[str, Any]:
    return {
        "CELERY_BROKER_URL": url,
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "visibility_timeout": REDIS_VISIBILITY,
            "unacked_restore_throttle": 1,  # otherwise what is due comes back up to 100 s later
            "socket_connect_timeout": 3,
        },
        # After a cut, Redis hands the message to another worker: this one must let go of the task.
        "CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS": True,
    }


def file_broker(folder: Path) -> dict[str, Any]:
    folders = {name: folder / name for name in ("queue", "handover", "control")}
    for path in folders.values():
        path.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "wholefile://localhost",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(folders["queue"]),
            "data_folder_out": str(folders["queue"]),
            "processed_folder": str(folders["handover"]),
            "control_folder": str(folders["control"]),
            "polling_interval": 0.2,
        },
        "CELERY_WORKER_POOL": "cqp.pool:TaskPool",
        # Each worker start would leave an answer queue behind it, which the others keep filling.
        "CELERY_WORKER_ENABLE_REMOTE_CONTROL": False,
    }
