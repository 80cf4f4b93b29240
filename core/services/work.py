from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from celery import Task
from django.db import transaction

from core import clock
from core.enums import WorkState
from core.models import Work
from core.tasks import MOST_MESSAGES, send_messages, wake_workers


def schedule(task: Task, subject_ids: UUID | Iterable[UUID], *, after: timedelta = timedelta()) -> None:
    """Record that `task` must be done for each row, and wake workers once this is committed.

    Asking again for the same pair changes nothing. A broker that is away only makes it later: the
    sweep finds the rows, as it finds those that are only due `after` a while.
    """
    ids = [subject_ids] if isinstance(subject_ids, UUID) else list(subject_ids)
    due_at = clock.now() + after
    rows = [Work(task=task.name, subject_id=subject_id, due_at=due_at) for subject_id in ids]
    Work.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(lambda: wake(task.name, ids))


def wake(task_name: str, subject_ids: list[UUID]) -> None:
    """Send a message for each of these pieces that is due, a few at most: the workers find the others."""
    due = Work.objects.due().filter(task=task_name, subject_id__in=subject_ids)
    send_messages(due.order_by("due_at").values_list("task", "pk")[:MOST_MESSAGES])


def wake_all(task: Task) -> None:
    """Wake workers for all that is due of a task, once the transaction is committed."""
    due = Work.objects.due().filter(task=task.name)
    transaction.on_commit(lambda: wake_workers(task.name, due.count()))


@transaction.atomic
def retry(*, task: Task, subject_id: UUID) -> None:
    """Allow all its attempts again to a piece that was set aside, from now."""
    _give_fresh_attempts(Work.objects.filter(task=task.name, subject_id=subject_id))
    transaction.on_commit(lambda: wake(task.name, [subject_id]))


@transaction.atomic
def ask_again(*, task: Task, subject_id: UUID) -> None:
    """Have a piece done again, with all its attempts, whatever its state; not while a worker is doing it."""
    rows = Work.objects.filter(task=task.name, subject_id=subject_id).exclude(state=WorkState.RUNNING)
    fresh = {"state": WorkState.PENDING, "attempts": 0, "due_at": clock.now(), "done_at": None, "error": ""}
    if not rows.update(**fresh):
        schedule(task, subject_id)
        return
    transaction.on_commit(lambda: wake(task.name, [subject_id]))


@transaction.atomic
def retry_all(*, task: Task) -> int:
    """As `retry`, for all the pieces of a task that were set aside; returns how many there were."""
    count = _give_fresh_attempts(Work.objects.filter(task=task.name))
    wake_all(task)
    return count


def _give_fresh_attempts(rows) -> int:
    aside = rows.filter(state=WorkState.SET_ASIDE)
    return aside.update(state=WorkState.PENDING, attempts=0, due_at=clock.now(), error="")
