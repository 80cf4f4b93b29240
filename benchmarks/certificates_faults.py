"""4 000 certificates while workers are killed, the broker is emptied twice and the disk is full once.

The lines enter the register by its service, from two threads, one release in five being undone once. Two real
workers render the files with the code of the site; one of them is killed (SIGKILL) every few seconds, either the
process that renders or the whole worker. At the end: as many files as certificates, each as its row says, consecutive
numbers, nothing set aside. On SQLite without a broker, then on PostgreSQL with Redis, which it starts.

`--count` changes the size (`make bench` asks for a tenth), `--database sqlite` or `postgresql` keeps one, `--seed`
the random choices, `--seconds` the time allowed. Where this machine lets us mount a small disk it is filled
(ENOSPC), otherwise every write fails; the output says which. Every program that it starts is stopped at the end, on
SIGTERM and Ctrl-C too.
"""

import argparse
import os
import random
import secrets
import sys

from benchmarks.harness.environment import FOLDER, TESTS, environment, start_django

WORKER_ENVIRONMENT = environment(
    DEMO="1",  # with its throw-away keys
    LOG_LEVEL="ERROR",
    RENDERING_SECONDS="10",  # and half as much again before the piece of a dead worker is taken up
)
start_django(WORKER_ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": TESTS})

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.fault_injection.builders import build  # noqa: E402
from benchmarks.fault_injection.checks import check  # noqa: E402
from benchmarks.fault_injection.injection import FaultPlan, FaultRun, inject_faults  # noqa: E402
from benchmarks.harness.figures import Figure, report  # noqa: E402
from benchmarks.harness.services import run_with, running_services, tidy_up_when_stopped  # noqa: E402

COUNT = 4000
LONGEST = 600
"""Seconds on each database for `COUNT`, on two cores that do nothing else."""

KILOBYTES = 200
"""What the file of a certificate may weigh, for the size of the disk."""

HERE = "here"


def main() -> int:
    tidy_up_when_stopped()
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
    arguments = ["--database", HERE]
    for name in ("count", "seed", "seconds"):
        if value := getattr(options, name):
            arguments += [f"--{name}", str(value)]
    return run_with(services, "benchmarks.certificates_faults", *arguments)


def measure(options: argparse.Namespace) -> int:
    call_command("migrate", verbosity=0)
    plan = FaultPlan(
        count=options.count,
        var_dir=FOLDER,
        redis_url=WORKER_ENVIRONMENT["REDIS_URL"],
        environment=WORKER_ENVIRONMENT,
        chance=random.Random(options.seed),
        megabytes=options.count * KILOBYTES // 1000 + 64,
        longest=options.seconds or LONGEST * max(options.count, COUNT // 2) / COUNT,
    )
    broker = "with Redis" if plan.redis_url else "without a broker"
    print(f"{connection.vendor} {broker}, {options.count} certificates, seed {options.seed}", flush=True)
    figures: list[Figure] = []

    def check_and_print(done: FaultRun) -> None:
        print_run(done)
        figures.extend(check(done))

    inject_faults(plan, build(options.count), check_and_print)
    return report(*figures)


def print_run(run: FaultRun) -> None:
    print(f"  the disk: {run.disk}")
    print(f"  entering the register: {run.entering:.0f} s; messages lost: {run.lost_messages}")
    print(f"  files a minute, under the faults: {run.plan.count / run.took * 60:.0f}")
    for failure in run.failures:
        print(failure)


if __name__ == "__main__":
    sys.exit(main())
