"""A temporary folder for a benchmark, its database in it and its settings: the data of the site is not touched."""

import os
import secrets
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
TEMPORARY = tempfile.TemporaryDirectory(prefix="cqp-bench-", ignore_cleanup_errors=True)
FOLDER = Path(TEMPORARY.name)
SQLITE = FOLDER / "bench.sqlite3"

TESTS = "tests.production"
"""The site's settings with the hasher of the invented people, for what is built with the factories of the tests."""


def environment(**changes: str) -> dict[str, str]:
    """The variables of the site there; BENCH_DATABASE_URL and BENCH_REDIS_URL name servers to use instead of files."""
    return {
        "DJANGO_SETTINGS_MODULE": "cqp.config.settings",
        "VAR_DIR": str(FOLDER),
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{SQLITE}",
        "REDIS_URL": os.environ.get("BENCH_REDIS_URL", ""),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "HTTPS": "0",
        "DEMO": "0",
        "LOG_LEVEL": "CRITICAL",
    } | changes


def start_django(variables: dict[str, str]) -> None:
    """Set the environment and start Django, before anything of the site is imported."""
    os.environ |= variables
    (FOLDER / "static").mkdir(exist_ok=True)  # WhiteNoise warns of a missing one
    django.setup()
