import logging
from collections.abc import Iterable
from uuid import UUID

from celery import Task, current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.enums import WorkState
from accounts.models import Work

logger = logging.getLogger(__name__)


def schedule(task: Task, subject_ids: UUID | Iterable[UUID]) -> None:
    """Write down that `task` must be done for each row, and wake a worker once this is committed.

    Asking again for the same pair changes nothing. A broker that is away only makes it later: the
    sweep finds the rows.
    """
    ids = [subject_ids] if isinstance(subject_ids, UUID) else list(subject_ids)
    rows = [Work(task=task.name, subject_id=subject_id) for subject_id in ids]
    Work.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(lambda: wake(task.name, ids))


def wake(task_name: str, subject_ids: list[UUID]) -> None:
    """Send one message for each piece of work that is due."""
    due = Work.objects.due().filter(task=task_name, subject_id__in=subject_ids)
    send(due.values_list("task", "pk"))


def send(pieces: Iterable[tuple[str, UUID]]) -> int:
    """Put one message for each (task name, work id) on the broker; how many it took."""
    sent = 0
    try:
        for name, pk in pieces:
            current_app.send_task(name, [str(pk)])
            sent += 1
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer, the sweep will send again: %s", error)
    return sent


@transaction.atomic
def retry(*, task: Task, subject_id: UUID) -> None:
    """Give a piece that was set aside a fresh set of attempts, now."""
    Work.objects.filter(task=task.name, subject_id=subject_id, state=WorkState.SET_ASIDE).update(
        state=WorkState.PENDING, attempts=0, due_at=clock.now(), error=""
    )
    transaction.on_commit(lambda: wake(task.name, [subject_id]))
