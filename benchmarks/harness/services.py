"""A PostgreSQL and a Redis of our own (`.ci/services.sh`), stopped when the program that asked for them ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.harness.environment import ROOT

SERVICES = '. .ci/services.sh >/dev/null; echo "$DATABASE_URL $REDIS_URL/1"; cat'
"""Both servers until the input of the shell is closed, or the process that holds it ends."""


def tidy_up_when_stopped() -> None:
    """SIGTERM ends this program as Ctrl-C does, so that what it started is stopped too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))


@contextmanager
def running_services() -> Iterator[dict[str, str]]:
    """Both, as the variables that `environment.environment` reads."""
    shell = subprocess.Popen(
        ["bash", "-c", SERVICES],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        database_url, redis_url = shell.stdout.readline().split()
        yield {"BENCH_DATABASE_URL": database_url, "BENCH_REDIS_URL": redis_url}
    finally:
        shell.stdin.close()
        shell.wait()


def run_with(services: dict[str, str], module: str, *arguments: str) -> int:
    """A benchmark in a program of its own, as the settings are read once; it ends with this one. Its exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=os.environ | services,
        start_new_session=True,
    )
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()


def on_postgresql(module: str) -> None:
    """Run this benchmark again with both servers, unless BENCH_DATABASE_URL already names a database."""
    if os.environ.get("BENCH_DATABASE_URL"):
        return
    tidy_up_when_stopped()
    with running_services() as services:
        status = run_with(services, module, *sys.argv[1:])
    sys.exit(status)
