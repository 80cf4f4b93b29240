"""How background work is done: by Celery over Redis when there is one, by `manage.py work` otherwise.

The broker only makes things fast. What must not be lost is a row of core.models.Work, which the
sweep sends again; so a lost message is a delay, and a message received twice does nothing twice.
"""

from pathlib import Path
from typing import Any

TASK_TIME_LIMIT = 10 * 60
"""Seconds after which a task is killed. Ours take seconds."""

REDIS_VISIBILITY = 15 * 60
"""Seconds before Redis hands an unacknowledged message to another worker: above TASK_TIME_LIMIT."""


def broker_settings(redis_url: str, var_dir: Path) -> dict[str, Any]:
    """The CELERY_* settings. Without `redis_url` nothing is sent; the limits are those of `manage.py work` too."""
    return {
        **(redis_broker(redis_url) if redis_url else {"CELERY_BROKER_URL": ""}),
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
