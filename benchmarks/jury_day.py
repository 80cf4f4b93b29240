"""Fifty jurors appraise a hundred candidates at the same time: nothing lost, nothing refused by a breakdown, quick.

A PostgreSQL and a Redis of our own are started (`.ci/services.sh`), the site runs as `manage.py start` runs it, each
juror enters by the QR code of the day. In turn, all ask an empty page, then all save the grids of some
candidates, as fast as the site answers: each juror saves one grid of each candidate, in an order of their own, and
writes on in some of them. Then two pages of one juror write the same grid at the same instant. At the end the rows
are compared with what the site answered it had saved.

`--jurors`, `--candidates`, `--rounds` and `--seed` change the size and the random choices; BENCH_DATABASE_URL names
an empty database to use instead.
"""

import argparse
import random
import secrets
import sys

from benchmarks.harness.environment import FOLDER, environment, start_django
from benchmarks.harness.services import on_postgresql

if __name__ == "__main__":
    on_postgresql("benchmarks.jury_day")

start_django(environment())

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from benchmarks.harness.figures import Figure, p95, report  # noqa: E402
from benchmarks.harness.servers import SITE, Server  # noqa: E402
from benchmarks.jury.builders import build_day, criteria_of, log_in_jurors  # noqa: E402
from benchmarks.jury.tablets import Juror, Ledger, all_at_once, write_twice  # noqa: E402
from core.services.journal import broken_links  # noqa: E402
from evaluations.enums import TestKind  # noqa: E402
from juries.models import Appraisal, JurySession  # noqa: E402

MOST_TIMES = 10
"""How many times slower than the empty page a save may be, at the 95th percentile."""

EMPTY_PAGES = 4
"""Empty pages that each juror asks in each round."""

CONTESTED = 4
"""Grids of each juror that two pages write at once."""


def main() -> int:
    options = read_options()
    call_command("migrate", verbosity=0)
    print(f"seed {options.seed}, {connection.vendor}")
    session = build_day(options.jurors, options.candidates)
    tablets = log_in_jurors(session)
    ledger, chance = Ledger(), random.Random(options.seed)
    connections.close_all()
    with Server(*SITE, log=FOLDER / "site.log") as site:
        jurors = [Juror(tablet, site.port, ledger, random.Random(chance.random())) for tablet in tablets]
        work_the_day(jurors, session, options)
    return report(*check(ledger, options))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jurors", type=int, default=50)
    parser.add_argument("--candidates", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


def work_the_day(jurors: list[Juror], session: JurySession, options: argparse.Namespace) -> None:
    criteria = {test: criteria_of(test) for test in TestKind.values}
    candidates = [str(pk) for pk in session.candidates.values_list("pk", flat=True)]
    orders = {juror: day_of(juror, candidates) for juror in jurors}
    share = -(-len(candidates) // options.rounds)
    # The first request of a process loads what every later one finds loaded: it is not measured.
    all_at_once([juror.open_empty_page for juror in jurors])
    jurors[0].ledger.pages.clear()

    def open_empty_pages(juror: Juror) -> None:
        for _ in range(EMPTY_PAGES):
            juror.open_empty_page()

    def save(juror: Juror, turn: int) -> None:
        for place, (candidate, test) in enumerate(orders[juror][turn * share : (turn + 1) * share]):
            for _ in range(1 if place % 5 else 2):  # the first of five is written on
                juror.save(candidate, test, criteria[test])

    for turn in range(options.rounds):
        all_at_once([lambda juror=juror: open_empty_pages(juror) for juror in jurors])
        all_at_once([lambda juror=juror: save(juror, turn) for juror in jurors])  # noqa: B023 - run within the turn
    for place in range(CONTESTED):
        all_at_once(
            [
                lambda juror=juror, grid=orders[juror][place]: write_twice(juror, *grid, criteria[grid[1]])
                for juror in jurors
            ]
        )


def day_of(juror: Juror, candidates: list[str]) -> list[tuple[str, str]]:
    """One grid of each candidate, in an order that is this juror's own."""
    order = juror.chance.sample(candidates, len(candidates))
    return [(candidate, juror.chance.choice(TestKind.values)) for candidate in order]


def check(ledger: Ledger, options: argparse.Namespace) -> list[Figure]:
    stored = {}
    for row in Appraisal.objects.prefetch_related("marks"):
        marks = tuple(sorted((str(mark.criterion_id), mark.rank) for mark in row.marks.all()))
        stored[str(row.juror_id), str(row.candidate_id), row.test] = (marks, row.validated, row.comment)
    lost = sum(stored.get(key) != content for key, content in ledger.saved.items())
    wanted = options.jurors * options.candidates
    broken = sum(count for status, count in ledger.answers.items() if status >= 500)
    refused = ledger.answers[409] - options.jurors * CONTESTED
    page, save = p95(ledger.pages), p95(ledger.saves)
    print("answers:", ", ".join(f"{count} × {status}" for status, count in sorted(ledger.answers.items())))
    print(f"p95 of an empty authenticated page: {page * 1000:.0f} ms; p95 of a save: {save * 1000:.0f} ms")
    return [
        Figure("grids saved", len(ledger.saved), "≥", wanted),
        Figure("lost updates", lost, "=", 0),
        Figure("two pages both accepted on one revision", ledger.both_accepted, "=", 0),
        Figure("two pages both refused", ledger.none_accepted, "=", 0),
        Figure("saves refused without a concurrent one", refused, "=", 0),
        Figure("answers 5xx", broken, "=", 0),
        Figure("p95 of a save over p95 of the empty page", round(save / page, 2), "≤", MOST_TIMES),
        Figure("broken links of the journal", len(list(broken_links())), "=", 0),
    ]


if __name__ == "__main__":
    sys.exit(main())
