"""A migrated SQLite database kept between runs: the migrations take ten seconds, a copy takes none."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


def migrated_copy() -> Path:
    """Where the database of the present migrations is kept. Another migration or library, another file."""
    sources = [
        *settings.BASE_DIR.glob("*/migrations/*.py"),
        *settings.BASE_DIR.glob("*/triggers.py"),
        settings.BASE_DIR / "requirements.txt",
    ]
    parts = (part for path in sorted(sources) for part in (path.name.encode(), path.read_bytes()))
    digest = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return settings.BASE_DIR / ".pytest_cache" / f"migrated-{digest[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Start from the kept copy, where there is one."""
    kept = migrated_copy()
    if connection.vendor != "sqlite" or request.config.getoption("create_db") or not kept.exists():
        return request.config.getoption("reuse_db")
    shutil.copyfile(kept, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """Keep a copy, if this run made the first one."""
    kept = migrated_copy()
    if connection.vendor == "sqlite" and not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        draft = kept.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
        draft.replace(kept)
