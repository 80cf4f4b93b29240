"""Conflicts among 500 jurors and 300 candidates whose ties are known, and the queries of composing a session there.

A generated country plants every kind of tie, by past paths and by names too, beside decoys that only look like
ties. What is found is compared with what was planted. The baseline asks for one juror at a time, one in ten of them,
as an act on one seat does; both are timed in turn in the same run. `--jurors`, `--candidates` and `--seed` change the
world.
"""

import argparse
import os
import secrets
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

FOLDER = tempfile.TemporaryDirectory(prefix="cqp-bench-", ignore_cleanup_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "cqp.settings",
    "VAR_DIR": FOLDER.name,
    "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{Path(FOLDER.name, 'bench.sqlite3')}",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "HTTPS": "0",
    "LOG_LEVEL": "CRITICAL",
}
os.environ.pop("REDIS_URL", None)

Path(FOLDER.name, "static").mkdir()

import django  # noqa: E402 - the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts import clock  # noqa: E402
from accounts.models import User  # noqa: E402
from evaluations.services.frameworks import load_example, publish  # noqa: E402
from juries.models import CertificationSettings, Juror  # noqa: E402
from juries.services.composer import Desk, Wish, compose_session, read_desk  # noqa: E402
from juries.services.conflicts import conflicts_of  # noqa: E402
from juries.services.settings import adopt_settings  # noqa: E402
from tests.juries.worlds import YEARS, World  # noqa: E402
from trainees.models import Enrollment  # noqa: E402

MOST_QUERIES = 19
ROUNDS = 3
LEAST_GAIN = 5
SAMPLE = 10
"""One juror in so many is asked for alone."""


def main() -> int:
    options = read_options()
    call_command("migrate", verbosity=0)
    certifier = User.objects.create(email="certificateur@banc.example", is_certifier=True)
    publish(framework=load_example(version="2026-1", by=certifier), by=certifier)
    rules = adopt_settings(
        source="Banc",
        signatory_name="Dominique Banc",
        signatory_quality="Délégation",
        colleague_years=YEARS,
        by=certifier,
    )
    world = World(jurors=options.jurors, candidates=options.candidates, seed=options.seed)
    print(
        f"seed {options.seed}, {connection.vendor}: {options.jurors} jurors, {options.candidates} candidates"
    )
    short = [*judge_conflicts(world), *judge_composition(rules, certifier)]
    return 1 if any(short) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jurors", type=int, default=500)
    parser.add_argument("--candidates", type=int, default=300)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


def judge_conflicts(world: World) -> list[bool]:
    jurors = list(Juror.objects.select_related("user"))
    candidates = [path.pk for path in world.paths]
    paths = list(Enrollment.objects.select_related("trainee").filter(pk__in=candidates))
    sample = jurors[::SAMPLE]
    times: dict[str, list[float]] = {"at once": [], "one by one": []}
    for _ in range(ROUNDS):
        with Watch(times["at once"]) as queries:
            found = ids(conflicts_of(jurors, paths, since=world.since))
        with Watch(times["one by one"]) as each:
            apart = ids(row for juror in sample for row in conflicts_of([juror], paths, since=world.since))
    alone = {juror.pk for juror in sample}
    at_once, one_by_one = median(times["at once"]), median(times["one by one"]) * len(jurors) / len(sample)
    print(f"at once: {at_once:.2f} s, one juror at a time: {one_by_one:.1f} s for all")
    return [
        report("ties planted", len(world.planted), len(jurors), at_least=True),
        report("ties missed", len(world.planted - found), 0),
        report("ties invented", len(found - world.planted), 0),
        report(
            "ties that one juror at a time sees otherwise",
            len({row for row in found if row[0] in alone} ^ apart),
            0,
        ),
        report("queries for all conflicts", len(queries), 4),
        report("queries for one juror", len(each) // len(sample), 4),
        report(
            "times faster than one juror at a time", round(one_by_one / at_once), LEAST_GAIN, at_least=True
        ),
    ]


def judge_composition(rules: CertificationSettings, certifier: User) -> list[bool]:
    day = clock.today() + timedelta(days=30)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(certifier)
    with CaptureQueriesContext(connection) as page:
        answer = client.get(reverse("juries:composer"), {"region": "", "day_1": day.isoformat()})
    with CaptureQueriesContext(connection) as reading:
        desk = read_desk(Wish(days=(day,), held_on=day), rules)
    with CaptureQueriesContext(connection) as writing:
        session = compose_session(held_on=day, by=certifier, **proposed(desk))
    seats, candidates = session.seats.count(), session.candidates.count()
    print(
        f"page {answer.status_code}, {len(desk.lines)} dossiers, {seats} jurors and {candidates} candidates seated"
    )
    return [
        report("dossiers before the certifier", len(desk.lines), len(desk.options) // 2, at_least=True),
        report("rules that stop the jury proposed", len(desk.stops), 0),
        report("queries of the composer", len(reading), MOST_QUERIES),
        report("queries of its page, account and menus included", len(page), MOST_QUERIES),
        report("queries to make the session", len(writing), MOST_QUERIES),
        report("jurors and candidates seated", seats + candidates, 3, at_least=True),
    ]


def proposed(desk: Desk) -> dict:
    return {
        "venue": "Maison des métiers",
        "postcode": "34200",
        "city": "Sète",
        "jurors": [option.juror.pk for option in desk.jury],
        "president": next(option.juror.pk for option in desk.jury if option.presides),
        "dossiers": [line.dossier.pk for line in desk.picked_lines],
    }


def ids(conflicts) -> set[tuple]:
    return {(row.juror.pk, row.enrollment.pk, row.rule) for row in conflicts}


class Watch(CaptureQueriesContext):
    """The queries of a block, and how long it took."""

    def __init__(self, times: list[float]) -> None:
        super().__init__(connection)
        self.times = times

    def __enter__(self) -> "Watch":
        self.started = perf_counter()
        return super().__enter__()

    def __exit__(self, *error) -> None:
        self.times.append(perf_counter() - self.started)
        super().__exit__(*error)


def report(figure: str, value: float, goal: float, *, at_least: bool = False) -> bool:
    missed = value < goal if at_least else value > goal
    print(f"{figure}: {value} (goal: {'≥' if at_least else '≤'} {goal}) {'SHORT' if missed else 'ok'}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
