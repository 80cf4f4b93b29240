"""The pages people open most, over the whole demonstration, against a page without data.

The country of the demonstration (712 paths, 11 000 evaluations) is built in a folder of its own. Pages are asked
in turn with the baseline, in the same process; medians are compared, so that a busy machine weighs on both.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

FOLDER = tempfile.TemporaryDirectory(prefix="cqp-bench-", ignore_cleanup_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "cqp.settings",
    "VAR_DIR": FOLDER.name,
    "DATABASE_URL": f"sqlite:///{Path(FOLDER.name, 'bench.sqlite3')}",
    "HTTPS": "0",
    "DEMO": "1",
    "LOG_LEVEL": "ERROR",
}

Path(FOLDER.name, "static").mkdir()

import django  # noqa: E402 - the environment comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from cqp.demo.cast import CERTIFIER, DIRECTOR, TRAINER  # noqa: E402
from trainees.models import Enrollment  # noqa: E402

ROUNDS = 15
BASELINE = "/aide/"
GOALS = (
    ("the dashboard", CERTIFIER, "/pilotage/", 10.0),
    ("the home of a trainer", TRAINER, "/", 10.0),
    ("the crew list", DIRECTOR, "/salaries/", 15.0),
    ("the page of one path", DIRECTOR, "path", 15.0),
)


def client_of(email: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=email))
    return client


def seconds(client: Client, url: str) -> float:
    started = perf_counter()
    answer = client.get(url)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    return perf_counter() - started


def main() -> int:
    call_command("migrate", verbosity=0)
    started = process_time()
    call_command("demo", verbosity=0)
    short = report("demonstration rebuilt, one process", process_time() - started, 60.0, "s of processor")
    path = Enrollment.objects.filter(structure__memberships__user__email=DIRECTOR.email).earliest(
        "enrolled_on"
    )
    for name, account, url, goal in GOALS:
        url = f"/salaries/{path.pk}/" if url == "path" else url
        client = client_of(account.email)
        pairs = [(seconds(client, url), seconds(client, BASELINE)) for _ in range(ROUNDS)][2:]
        ratio = median(page for page, _ in pairs) / median(base for _, base in pairs)
        short += report(f"{name} against a page without data", ratio, goal, "×")
    return 1 if short else 0


def report(figure: str, value: float, goal: float, unit: str) -> bool:
    missed = value > goal
    print(f"{figure}: {value:.1f} {unit} (goal: ≤ {goal:.0f} {unit}) {'SHORT' if missed else 'ok'}")
    return missed


if __name__ == "__main__":
    assert settings.DEMO
    sys.exit(main())
