"""A thousand random interleavings of people who decide, close, sign and release the same juries at the same time.

A PostgreSQL of our own is started (`.ci/services.sh`). Each race is one or two tiny juries and a few tabs: two
presidents, two tabs of one president, signatures, releases, reversals, a certificate revoked or replaced, somebody
who clicks twice. Each tab is a thread with its connection; after each statement a scheduler draws who goes on. Then
what is left is done, and everything is counted: decisions, minutes, certificates, numbers, lines of the journal.

`--count` and `--seed` change the size and the random choices; the race n of a run has the seed `seed + n`, so
`--count 1` plays one again. BENCH_DATABASE_URL names an empty database to use instead.
"""

import argparse
import secrets
import sys
import time
from collections import Counter

from benchmarks.harness.environment import TESTS, environment, start_django
from benchmarks.harness.services import on_postgresql

if __name__ == "__main__":
    on_postgresql("benchmarks.jury_races")

start_django(environment(DJANGO_SETTINGS_MODULE=TESTS))

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.harness.figures import Figure, report  # noqa: E402
from certificates.models import Certificate, RegisterYear  # noqa: E402
from core.services.journal import broken_links  # noqa: E402
from tests.juries.interleavings import Ledger, Score, play  # noqa: E402
from tests.juries.races import SharedRows  # noqa: E402
from tests.juries.scheduler import InterleavingError  # noqa: E402

COUNT = 1000
EVERY = 100
"""Races between two lines that say how far it is."""


def main() -> int:
    options = read_options()
    call_command("migrate", verbosity=0)
    print(f"seed {options.seed}, {connection.vendor}", flush=True)
    shared, ledger, score, broken = SharedRows.build(), Ledger(), Score(), []
    started = time.monotonic()
    for number in range(options.count):
        try:
            play(options.seed + number, shared, ledger, score)
        except InterleavingError as error:
            broken.append(f"seed {options.seed + number}: {error}")
        if (number + 1) % EVERY == 0:
            print(f"  {number + 1} in {time.monotonic() - started:.0f} s", flush=True)
    return report(*check(score, broken, options.count, time.monotonic() - started))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


def check(score: Score, broken: list[str], count: int, seconds: float) -> list[Figure]:
    for line in [*broken, *score.faults]:
        print(line)
    acts: dict[str, Counter] = {}
    for (act, heard), times in score.outcomes.items():
        acts.setdefault(act, Counter())[heard] = times
    for act, heard in sorted(acts.items()):
        print(f"  {act}: {', '.join(f'{times} {word}' for word, times in heard.most_common())}")
    print(
        f"{score.statements} statements, {score.switches} changes of tab, {score.waits} waits for a lock; "
        f"{seconds:.0f} s"
    )
    numbered = Certificate.objects.count()
    last = sum(RegisterYear.objects.values_list("last", flat=True))
    return [
        Figure("interleavings", score.races, "≥", count),
        Figure("waits for a lock, per interleaving", round(score.waits / count, 2), "≥", 0.5),
        Figure("deadlocks, and errors that are no refusal", len(broken), "=", 0),
        Figure("decisions, minutes or certificates too many or too few", len(score.faults), "=", 0),
        Figure(f"numbers skipped among {numbered} certificates", last - numbered, "=", 0),
        Figure("broken links of the journal", len(list(broken_links())), "=", 0),
    ]


if __name__ == "__main__":
    sys.exit(main())
