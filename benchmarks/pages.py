"""The pages people open most, over the whole demonstration, against a page without data.

The demonstration (712 enrolments, 11 000 evaluations) is built in a folder of its own. Pages are asked
in turn with the baseline, in the same process; medians are compared, so that a busy machine weighs on both.
"""

import sys
from statistics import median
from time import perf_counter, process_time

from benchmarks.harness.environment import environment, start_django

start_django(environment(DEMO="1"))

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.harness.figures import Figure, report  # noqa: E402
from cqp.demo.people import CERTIFIER, DIRECTOR, TRAINER  # noqa: E402
from trainees.models import Enrollment  # noqa: E402

ROUNDS = 15
BASELINE = "/aide/"
GOALS = (
    ("the dashboard", CERTIFIER, "/pilotage/", 10.0),
    ("the home of a trainer", TRAINER, "/", 10.0),
    ("the crew list", DIRECTOR, "/salaries/", 15.0),
    ("the page of one enrolment", DIRECTOR, "enrollment", 15.0),
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
    rebuilt = round(process_time() - started, 1)
    figures = [Figure("demonstration rebuilt, one process", rebuilt, "≤", 60, "s of processor")]
    enrollment = Enrollment.objects.filter(structure__memberships__user__email=DIRECTOR.email).earliest(
        "enrolled_on"
    )
    for name, account, url, goal in GOALS:
        url = f"/salaries/{enrollment.pk}/" if url == "enrollment" else url
        client = client_of(account.email)
        pairs = [(seconds(client, url), seconds(client, BASELINE)) for _ in range(ROUNDS)][2:]
        ratio = median(page for page, _ in pairs) / median(base for _, base in pairs)
        figures.append(Figure(f"{name} against a page without data", round(ratio, 1), "≤", goal, "×"))
    return report(*figures)


if __name__ == "__main__":
    assert settings.DEMO
    sys.exit(main())
