"""The known conflicts among 500 jurors and 300 candidates, and the queries of composing a session with them.

The generated rows hold every kind of conflict, by past enrolments and by names too, beside others that only look
like one. What is found is compared with what was made. The baseline asks for one juror at a time, one in ten of them,
as an act on one seat does; both are timed in turn in the same run. `--jurors`, `--candidates` and `--seed` change the
rows.
"""

import argparse
import secrets
import sys
from datetime import timedelta
from statistics import median
from time import perf_counter

from benchmarks.harness.environment import environment, start_django

start_django(environment())

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.harness.figures import Figure, report  # noqa: E402
from core import clock  # noqa: E402
from evaluations.services.frameworks import load_example, publish  # noqa: E402
from juries.models import CertificationSettings, Juror  # noqa: E402
from juries.services.jurors.conflicts import conflicts_of  # noqa: E402
from juries.services.sessions.composer import ComposerData, ComposerQuery, compose_session, read_composer_data  # noqa: E402
from juries.services.sessions.settings import adopt_settings  # noqa: E402
from tests.juries.conflict_data import YEARS, ConflictData  # noqa: E402
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
    conflict_data = ConflictData(jurors=options.jurors, candidates=options.candidates, seed=options.seed)
    print(
        f"seed {options.seed}, {connection.vendor}: {options.jurors} jurors, {options.candidates} candidates"
    )
    return report(*conflicts_found(conflict_data), *jury_composed(rules, certifier))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jurors", type=int, default=500)
    parser.add_argument("--candidates", type=int, default=300)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


def conflicts_found(conflict_data: ConflictData) -> list[Figure]:
    jurors = list(Juror.objects.select_related("user"))
    candidates = [enrollment.pk for enrollment in conflict_data.enrollments]
    enrollments = list(Enrollment.objects.select_related("trainee").filter(pk__in=candidates))
    sample = jurors[::SAMPLE]
    times: dict[str, list[float]] = {"at once": [], "one by one": []}
    for _ in range(ROUNDS):
        with Watch(times["at once"]) as queries:
            found = ids(conflicts_of(jurors, enrollments, since=conflict_data.since))
        with Watch(times["one by one"]) as each:
            apart = ids(
                row
                for juror in sample
                for row in conflicts_of([juror], enrollments, since=conflict_data.since)
            )
    alone = {juror.pk for juror in sample}
    otherwise = {row for row in found if row[0] in alone} ^ apart
    at_once, one_by_one = median(times["at once"]), median(times["one by one"]) * len(jurors) / len(sample)
    print(f"at once: {at_once:.2f} s, one juror at a time: {one_by_one:.1f} s for all")
    return [
        Figure("conflicts in the data", len(conflict_data.expected), "≥", len(jurors)),
        Figure("conflicts missed", len(conflict_data.expected - found), "=", 0),
        Figure("conflicts invented", len(found - conflict_data.expected), "=", 0),
        Figure("conflicts that one juror at a time sees otherwise", len(otherwise), "=", 0),
        Figure("queries for all conflicts", len(queries), "≤", 4),
        Figure("queries for one juror", len(each) // len(sample), "≤", 4),
        Figure("times faster than one juror at a time", round(one_by_one / at_once), "≥", LEAST_GAIN),
    ]


def jury_composed(rules: CertificationSettings, certifier: User) -> list[Figure]:
    day = clock.today() + timedelta(days=30)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(certifier)
    with CaptureQueriesContext(connection) as page:
        answer = client.get(reverse("juries:composer"), {"region": "", "day_1": day.isoformat()})
    with CaptureQueriesContext(connection) as reading:
        data = read_composer_data(ComposerQuery(days=(day,), held_on=day), rules)
    with CaptureQueriesContext(connection) as writing:
        session = compose_session(held_on=day, by=certifier, **proposed(data))
    seats, candidates = session.seats.count(), session.candidates.count()
    print(
        f"page {answer.status_code}, {len(data.rows)} dossiers, {seats} jurors and {candidates} candidates seated"
    )
    return [
        Figure("dossiers before the certifier", len(data.rows), "≥", len(data.options) // 2),
        Figure("rules that stop the jury proposed", len(data.stops), "=", 0),
        Figure("queries of the composer", len(reading), "≤", MOST_QUERIES),
        Figure("queries of its page, account and menus included", len(page), "≤", MOST_QUERIES),
        Figure("queries to make the session", len(writing), "≤", MOST_QUERIES),
        Figure("jurors and candidates seated", seats + candidates, "≥", 3),
    ]


def proposed(data: ComposerData) -> dict:
    return {
        "venue": "Maison des métiers",
        "postcode": "34200",
        "city": "Sète",
        "jurors": [option.juror.pk for option in data.jury],
        "president": next(option.juror.pk for option in data.jury if option.presides),
        "dossiers": [line.dossier.pk for line in data.picked_rows],
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


if __name__ == "__main__":
    sys.exit(main())
