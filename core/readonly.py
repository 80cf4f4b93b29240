"""A safe request (GET, HEAD, OPTIONS, TRACE) cannot write: the database refuses every statement but a reading.

Refused: INSERT, UPDATE, DELETE, DDL, anything that is not known to read, and a SELECT that locks rows. Let through:
the tables of `ALWAYS`, and those of `ACCESS_LOG` inside `access_log()`. What a SQL function called by a SELECT does is
not seen. The refusal is the same in production as in tests: the tests of access request every page for every role
under this guard, so that a refusal is a fault of the code.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

ALWAYS = {
    "django_session": "the state of a browser: logging out a person whose day is over, messages, a changed token",
}
ACCESS_LOG = {
    "core_journalentry": "who read a sealed document, and who was refused a page, is known from the request itself",
    "core_journalhead": "the end of the chain moves with each line",
}

READING = re.compile(r"[\s(]*SELECT\b", re.IGNORECASE)
LOCKING = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?UPDATE\b|\bFOR\s+(KEY\s+)?SHARE\b", re.IGNORECASE)
OF_TRANSACTION = re.compile(r"\s*(BEGIN|SAVEPOINT|RELEASE|ROLLBACK|COMMIT)\b", re.IGNORECASE)
TABLE = re.compile(r'\b(?:INTO|UPDATE|FROM)\s+"(\w+)"', re.IGNORECASE)

_log_is_open: ContextVar[bool] = ContextVar("log_is_open", default=False)


class WriteOnRead(RuntimeError):
    """A request that may only read tried to write."""


@contextmanager
def read_only() -> Iterator[None]:
    """Inside, the connection of this thread refuses to write."""
    with connection.execute_wrapper(_refuse_to_write):
        yield


@contextmanager
def access_log() -> Iterator[None]:
    """Inside, a safe request may add lines to the journal, and write nothing else."""
    token = _log_is_open.set(True)
    try:
        yield
    finally:
        _log_is_open.reset(token)


def read_under_guard(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A streamed body, each chunk of which is made read-only: it is read after the middleware has returned."""
    remaining = iter(chunks)
    while True:
        with read_only():
            chunk = next(remaining, None)
        if chunk is None:
            return
        yield chunk


def _refuse_to_write(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    if not _is_allowed(sql):
        raise WriteOnRead(f"A safe request may not write: {sql[:200]}")
    return execute(sql, params, many, context)


def _is_allowed(sql: str) -> bool:
    if OF_TRANSACTION.match(sql) or (READING.match(sql) and not LOCKING.search(sql)):
        return True
    table = TABLE.search(sql)
    name = table.group(1) if table else ""
    return name in ALWAYS or (_log_is_open.get() and name in ACCESS_LOG)
