"""4 000 certificates while workers are killed, the broker is emptied twice and the disk is full once.

The lines enter the register by its service, from two threads, one release in five being undone once. Two real
workers draw the files with real code; one of them is killed (SIGKILL) every few seconds, now the process that
draws, now the whole worker. At the end: as many files as certificates, each as its row says, consecutive
numbers, nothing set aside. On SQLite with the file broker, then on PostgreSQL with Redis, which it starts.

`--count` changes the size (`make bench` asks for a tenth), `--database sqlite` or `postgresql` keeps one, `--seed`
the luck, `--seconds` says how long it may last. Where this machine lets us mount a small disk it is really full
(ENOSPC), otherwise every write fails; the output says which. What it starts it stops, on SIGTERM and Ctrl-C too.
"""

import argparse
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = tempfile.TemporaryDirectory(prefix="cqp-bench-", ignore_cleanup_errors=True)
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "cqp.settings",
    "VAR_DIR": FOLDER.name,
    "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{FOLDER.name}/bench.sqlite3",
    "REDIS_URL": os.environ.get("BENCH_REDIS_URL", ""),
    "SECRET_KEY": secrets.token_urlsafe(64),
    "HTTPS": "0",
    "DEMO": "1",  # with its throw-away keys
    "LOG_LEVEL": "ERROR",
    "DRAWING_SECONDS": "10",  # and half as much again before the piece of a dead worker is taken up
}
os.environ |= ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": "tests.production"}  # the factories need its hasher

import django  # noqa: E402 - the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.faults.storm import Plan, Storm, rage  # noqa: E402
from benchmarks.faults.verdict import Figure, judge  # noqa: E402
from benchmarks.faults.world import build  # noqa: E402

COUNT = 4000
LONGEST = 600
"""Seconds on each database for `COUNT`, on two cores that do nothing else."""

KILOBYTES = 200
"""What the file of a certificate may weigh, for the size of the disk."""

HERE = "here"
SERVICES = '. .ci/services.sh >/dev/null; echo "$DATABASE_URL $REDIS_URL/1"; cat'
"""Both servers until the input of the shell is closed, or whoever holds it is no more."""


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that everything is tidied up
    options = read_options()
    if options.database == HERE:
        return measure(options)
    status = 0
    if options.database in ("sqlite", "both"):
        status |= run(options, {})
    if options.database in ("postgresql", "both"):
        with running_services() as services:
            status |= run(options, services)
    return status


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=int(os.environ.get("CERTIFICATES", COUNT)))
    parser.add_argument("--database", choices=["both", "sqlite", "postgresql", HERE], default="both")
    parser.add_argument(
        "--seconds", type=int, help="allowed on each database, on a machine that does other things"
    )
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


def run(options: argparse.Namespace, services: dict[str, str]) -> int:
    """Measure in a program of its own, as the settings are read once; it ends with this one."""
    command = [sys.executable, "-m", "benchmarks.certificates_faults", "--database", HERE]
    for name in ("count", "seed", "seconds"):
        if value := getattr(options, name):
            command += [f"--{name}", str(value)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | services, start_new_session=True)
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()


@contextmanager
def running_services() -> Iterator[dict[str, str]]:
    """A PostgreSQL and a Redis of our own, as variables for `run`."""
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


def measure(options: argparse.Namespace) -> int:
    call_command("migrate", verbosity=0)
    plan = Plan(
        count=options.count,
        var_dir=Path(FOLDER.name),
        redis_url=ENVIRONMENT["REDIS_URL"],
        environment=ENVIRONMENT,
        chance=random.Random(options.seed),
        megabytes=options.count * KILOBYTES // 1000 + 64,
        longest=options.seconds or LONGEST * max(options.count, COUNT // 2) / COUNT,
    )
    broker = "Redis" if plan.redis_url else "the file broker"
    print(f"{connection.vendor} with {broker}, {options.count} certificates, seed {options.seed}", flush=True)
    figures: list[Figure] = []
    rage(plan, build(options.count), lambda storm: figures.extend(told(storm)))
    return int(any(figure.is_short for figure in figures))


def told(storm: Storm) -> list[Figure]:
    plan, figures = storm.plan, judge(storm)
    print(f"  the disk: {storm.disk}")
    print(f"  entering the register: {storm.entering:.0f} s; messages forgotten: {storm.forgotten}")
    print(f"  files a minute, in the storm: {plan.count / storm.took * 60:.0f}")
    print(*storm.failures, *figures, sep="\n", flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
