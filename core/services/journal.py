import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from core import clock
from core.models import JournalEntry, JournalHead
from core.models.journal import GENESIS
from core.readonly import access_log

SYSTEM = "le système"

_pending: ContextVar[list[JournalEntry] | None] = ContextVar("pending", default=None)


def record(
    *,
    action: str,
    subject: models.Model,
    by: AbstractBaseUser | None,
    summary: str,
    reason: str = "",
    data: dict | None = None,
    topic_id=None,
) -> JournalEntry:
    """Add one line to the journal, in the caller's transaction.

    Call it last: it locks the end of the chain until the commit. `action` is a dotted code
    (« juries.session.released »), `summary` a French sentence of at most 300 characters, `data` plain JSON.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A journal line belongs to the transaction of what it records.")
    pending = _pending.get()
    sequence, previous_hash = (pending[-1].sequence, pending[-1].hash) if pending else _lock_end()
    entry = JournalEntry(
        sequence=sequence + 1,
        at=clock.now(),
        actor_id=by.pk if by else None,
        actor_name=str(by)[:200] if by else SYSTEM,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        topic_id=topic_id,
        summary=summary[:300],
        reason=reason,
        data=json.loads(json.dumps(data or {})),
        previous_hash=previous_hash,
    )
    entry.hash = entry.fingerprint()
    if pending is None:
        _write([entry])
    else:
        pending.append(entry)
    return entry


def record_access(**line: Any) -> JournalEntry:
    """Add a line about an access: a sealed document seen or downloaded, a page refused. Arguments as for `record`.

    The one write that a GET makes, and the one place that opens the access log.
    """
    with access_log():
        return record(**line)


@contextmanager
def recorded_together() -> Iterator[None]:
    """Write the lines of the block at its end, in three queries whatever their number; the same chain as one by one.

    For many acts in one transaction that nobody refuses: a refusal caught inside the block would leave its line,
    and none can be read before the end. The end of the chain is locked from the first line to the commit.
    """
    pending: list[JournalEntry] = []
    token = _pending.set(pending)
    try:
        yield
    finally:
        _pending.reset(token)
    if pending:
        _write(pending)


def _lock_end() -> tuple[int, str]:
    """The rank and the hash of the last line, locked until the commit."""
    head = JournalHead.objects.select_for_update(no_key=True).filter(pk=1).first()
    if head is None:
        JournalHead.objects.get_or_create(pk=1)
        head = JournalHead.objects.select_for_update(no_key=True).get(pk=1)
    return head.sequence, head.hash


def _write(lines: list[JournalEntry]) -> None:
    JournalEntry.objects.bulk_create(lines)
    JournalHead.objects.filter(pk=1).update(sequence=lines[-1].sequence, hash=lines[-1].hash)


def broken_links() -> Iterator[tuple[int, str]]:
    """Walk the chain from its first line; yield the rank of each faulty line and what is wrong."""
    previous, expected = GENESIS, 1
    for entry in JournalEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield entry.sequence, f"le rang {expected} manque"
        if entry.previous_hash != previous:
            yield entry.sequence, "ne suit pas la ligne précédente"
        if not entry.is_intact:
            yield entry.sequence, "a été modifiée"
        previous, expected = entry.hash, entry.sequence + 1
    head = JournalHead.objects.filter(pk=1).first() or JournalHead()
    if (head.sequence, head.hash) != (expected - 1, previous):
        yield head.sequence, "le bout de la chaîne ne correspond pas à la dernière ligne"
