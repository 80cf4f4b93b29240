"""One migrated database made for all the processes of a run: each takes a copy, which costs next to nothing.

On SQLite the copy is of a file, kept beside the cache of pytest for the runs that follow; on PostgreSQL it is of a
template database, kept in the server. Other migrations or libraries make another original.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

KEPT = settings.BASE_DIR / ".pytest_cache"


def schema_id() -> str:
    """The same for the same migrations, triggers and libraries."""
    sources = [
        *settings.BASE_DIR.glob("*/migrations/*.py"),
        *settings.BASE_DIR.glob("*/triggers.py"),
        *settings.BASE_DIR.glob("*/models/triggers.py"),
        settings.BASE_DIR / "requirements.txt",
    ]
    parts = (part for path in sorted(sources) for part in (path.name.encode(), path.read_bytes()))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def migrated_copy() -> Path:
    """The migrated SQLite database, where a run on SQLite has made it."""
    return KEPT / f"migrated-{schema_id()}.sqlite3"


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
        yield


def migrate_new(name: str) -> None:
    """Make a database of that name and leave it. Then Django's test database is again the one to come."""
    options = connection.settings_dict
    before, own = options["NAME"], options["TEST"]["NAME"]
    options["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    settings.DATABASES["default"]["NAME"] = options["NAME"] = before
    options["TEST"]["NAME"] = own


def take_file(kept: Path) -> None:
    if not kept.exists():
        draft = kept.with_suffix(f".{os.getpid()}")
        migrate_new(str(draft))
        draft.replace(kept)
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])


def take_template(template: str) -> None:
    """Let Django clone it. A template exists under its name only once it is migrated to the end."""
    draft = f"draft_{template}"
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            migrate_new(draft)
            cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{template}"')
    connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings, django_db_blocker) -> bool:
    """Put the copy in place before pytest-django opens the test database, and have it keep what it finds there."""
    if request.config.getoption("create_db"):
        return request.config.getoption("reuse_db")
    with one_process_at_a_time(), django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            take_file(migrated_copy())
            return True
        take_template(f"test_template_{schema_id()}")
    return request.config.getoption("reuse_db")


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_db(first_moment, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Rows that the fixtures of a module make once. Each test changes them in a savepoint, and the end undoes all.

    A test takes a `deepcopy` of a row, not the row that the next test will take. Not for a module with tests
    that commit (`transaction=True`), which would meet the transaction that holds these rows.
    """
    with django_db_blocker.unblock(), undone():
        yield
