"""Background work: the rows are the queue, messages only wake a worker.

A message may be lost, come late or come twice. A worker that wakes takes the piece that the message names, then the
oldest pieces of the same task for a short turn, and sends one more message when it leaves some behind. So one
message is enough to empty a queue, and beat sends a few for the pieces that no message names any more. Without a broker
there are no messages: the worker (`manage.py work`) looks at the rows by itself.

Delays: after the n-th failure a piece waits 10 s × 2^(n-1), at most one hour, and up to a quarter
more, computed from its id, so that pieces that failed together are not tried again together. After `MOST_ATTEMPTS`
failures it is set aside with its reason and the others go on. What is no fault of the piece, a full disk or
`Postponed`, is tried again for as long as it lasts.
"""

import errno
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial, wraps
from typing import overload
from uuid import UUID

from celery import Task, current_app, shared_task
from django.conf import settings
from django.db.models import Count
from kombu.exceptions import OperationalError

from core import clock
from core.enums import WorkState
from core.errors import Postponed
from core.models import Work
from core.models.work import LEASE, MOST_ATTEMPTS, WorkQuerySet

logger = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
SPREAD = 0.25
"""How much longer a delay may be, as a share of it."""

TURN = timedelta(seconds=5)
TURN_PIECES = 10
"""How long, and for how many pieces, a worker serves one task before the others have their turn."""

MOST_MESSAGES = 20
"""Messages sent at once for one task: each is enough until nothing is due, more would only load the broker."""

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""The errors of a disk that is full or read-only."""

DISK_FULL = (
    "Le disque est plein, ou en lecture seule\xa0: libérez de la place, le travail reprendra de lui-même."
)

_pause_checks: dict[str, Callable[[], bool]] = {}


def _never() -> bool:
    return False


@overload
def work_task(function: Callable[[UUID], None]) -> Task: ...
@overload
def work_task(
    *, within: timedelta | None = None, is_paused: Callable[[], bool] = _never
) -> Callable[[Callable[[UUID], None]], Task]: ...
def work_task(
    function: Callable[[UUID], None] | None = None,
    *,
    within: timedelta | None = None,
    is_paused: Callable[[], bool] = _never,
) -> Task | Callable[[Callable[[UUID], None]], Task]:
    """Make a Celery task of a function of one row id, whose pieces are taken through `Work` rows.

    The function may run twice or late and must come to the same result. `within` is the time that it has
    before it is interrupted (by default that of any task); the piece of a worker that died is taken again after half
    as long again. While `is_paused()` is true no piece is taken, and none loses an attempt. A worker whose lease
    ran out no longer says what became of the piece.
    """
    if function is None:
        return partial(work_task, within=within, is_paused=is_paused)
    name = f"{function.__module__}.{function.__name__}"
    limits = (
        {"soft_time_limit": within.total_seconds(), "time_limit": within.total_seconds() * 1.25}
        if within
        else {}
    )
    lease = within * 1.5 if within else LEASE
    turn = min(TURN, within / 4) if within else TURN

    @wraps(function)
    def run(work_id: str | None = None) -> int:
        """Do the pieces of one turn; returns how many were taken."""
        pieces, taken = _pieces_of_a_turn(Work.objects.filter(task=name), work_id, lease=lease, turn=turn), 0
        while not is_paused() and (work := next(pieces, None)):
            _do(function, work)
            taken += 1
        return taken

    _pause_checks[name] = is_paused
    # Celery takes seconds with a fraction, its stubs whole ones.
    return shared_task(name=name, ignore_result=True, **limits)(run)  # type: ignore[call-overload]


def _pieces_of_a_turn(
    rows: WorkQuerySet, work_id: str | None, *, lease: timedelta, turn: timedelta
) -> Iterator[Work]:
    """Pieces taken one by one: the named one, the oldest; at the end, a message if some are left behind."""
    ends = time.monotonic() + turn.total_seconds()
    if work_id and (named := rows.filter(pk=work_id).take(lease=lease)):
        yield named
    for _ in range(TURN_PIECES):
        if time.monotonic() > ends:
            break
        work = rows.take(lease=lease)
        if work is None:
            return
        yield work
    if oldest := rows.due().first():
        wake_workers(oldest.task, 1)


def _do(function: Callable[[UUID], None], work: Work) -> None:
    try:
        function(work.subject_id)
    except Exception as error:  # whatever it is, the piece must be tried again or set aside
        logger.exception("%s failed for %s", work.task, work.subject_id)
        _put_back(work, error)
    else:
        Work.objects.claimed_as(work).update(
            state=WorkState.DONE, done_at=clock.now(), lease_until=None, error=""
        )


def _put_back(work: Work, error: Exception) -> None:
    full = isinstance(error, OSError) and error.errno in FULL
    blameless = full or isinstance(error, Postponed)
    is_last = work.attempts >= MOST_ATTEMPTS and not blameless
    Work.objects.claimed_as(work).update(
        state=WorkState.SET_ASIDE if is_last else WorkState.PENDING,
        attempts=min(work.attempts, MOST_ATTEMPTS - 1) if blameless else work.attempts,
        due_at=clock.now() + delay_after(work),
        lease_until=None,
        error=DISK_FULL if full else _reason(error),
    )


def _reason(error: Exception) -> str:
    """The text stored of a failure: the sentence of a `Postponed`, otherwise the error itself."""
    return str(error) if isinstance(error, Postponed) else f"{type(error).__name__}: {error}"[:2000]


def delay_after(work: Work) -> timedelta:
    """How long a piece waits after a failure: the rule at the head of this module."""
    delay = min(FIRST_DELAY * 2 ** (work.attempts - 1), LONGEST_DELAY)
    return delay * (1 + SPREAD * (work.pk.int % 1000) / 1000)


def send_messages(pieces: Iterable[tuple[str, UUID | None]]) -> int:
    """Put a message for each (task name, work id or none) on the broker, if there is one; returns how many were sent.

    A broker that is away only makes the work later: the rows stay.
    """
    sent = 0
    if not settings.CELERY_BROKER_URL:
        return sent
    try:
        for name, pk in pieces:
            current_app.send_task(name, [str(pk)] if pk else [])
            sent += 1
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer, the sweep will send again: %s", error)
    return sent


def wake_workers(task_name: str, pieces: int) -> None:
    """Send messages for that many due pieces of a task, a few at most."""
    send_messages([(task_name, None)] * min(pieces, MOST_MESSAGES))


def pieces_to_do() -> dict[str, int]:
    """How many pieces are due, by task; nothing of a task that is paused, or that this version no longer knows."""
    due = Work.objects.due().order_by().values_list("task").annotate(pieces=Count("pk"))
    return {name: pieces for name, pieces in due if name in _pause_checks and not _pause_checks[name]()}


@shared_task(name="core.tasks.sweep_work", ignore_result=True)
def sweep_work() -> None:
    """Wake workers for what is due: lost messages, dead workers, delays that have run out.

    A piece that ended its worker at every attempt is set aside. Nothing is
    sent for a task that is paused.
    """
    Work.objects.crashed().update(
        state=WorkState.SET_ASIDE, lease_until=None, error="Le travailleur s’est arrêté à chaque essai."
    )
    for name, pieces in pieces_to_do().items():
        wake_workers(name, pieces)
