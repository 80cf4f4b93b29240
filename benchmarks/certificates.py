"""One certificate from its row to its stored file, against WeasyPrint and pyHanko used naively, in the same run.

The file is signed (RSA-3072), tagged, PDF/A and PDF/UA; the naive one is signed and tagged too, but everything is made
afresh for each, and its key is loaded each time. The two are made in turn, and medians of processor time are
compared, so that a busy machine weighs on both alike. Then a jury of twelve is released, with one real worker of
two processes.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.harness.environment import FOLDER, TESTS, environment, start_django

WORKER_ENVIRONMENT = environment(DEMO="1", LOG_LEVEL="ERROR")  # with the throw-away keys of a demonstration
start_django(WORKER_ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": TESTS})

from django.core.management import call_command  # noqa: E402

from benchmarks.fault_injection.builders import build, release_all  # noqa: E402
from benchmarks.harness.figures import Figure, report  # noqa: E402
from benchmarks.rendering import naive, ours, release  # noqa: E402
from certificates.models import Certificate  # noqa: E402

ROUNDS = 15
WARMING = 2
TIMES_FASTER = 8
"""Than the naive one."""

CANDIDATES = 12


def main() -> int:
    options = read_options()
    call_command("migrate", verbosity=0)
    steps: dict[str, list[float]] = defaultdict(list)
    ours.time_steps(lambda step, seconds: steps[step].append(seconds), process_time)
    medians = in_turn({"ours": timed(ours.make), "naive": timed(naive.make)}, options.rounds)
    for name, seconds in medians.items():
        print(f"  {name}: {seconds * 1000:.0f} ms")
    print("  of ours:", ", ".join(f"{step} {median(times) * 1000:.0f} ms" for step, times in steps.items()))
    return report(
        Figure("naive against ours", round(medians["naive"] / medians["ours"], 2), "≥", TIMES_FASTER),
        soundness(),
        released(release.measure(CANDIDATES, WORKER_ENVIRONMENT, FOLDER)),
    )


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


def timed(way: Callable[[Certificate], object]) -> Callable[[Certificate], float]:
    def measured(certificate: Certificate) -> float:
        started = process_time()
        way(certificate)
        return process_time() - started

    return measured


def in_turn(ways: dict[str, Callable[[Certificate], float]], rounds: int) -> dict[str, float]:
    """The median of each way, in seconds of processor: one certificate each, round after round."""
    release_all(build((rounds + WARMING) * len(ways)))
    certificates = Certificate.objects.order_by("sequence").iterator()
    times = [{name: way(next(certificates)) for name, way in ways.items()} for _ in range(rounds + WARMING)]
    return {name: median(row[name] for row in times[WARMING:]) for name in ways}


def soundness() -> Figure:
    rendered = Certificate.objects.exclude(file="")
    errors = [error for certificate in rendered for error in ours.errors_in(Path(certificate.file.path))]
    for error in errors:
        print(f"  {error}")
    return Figure(
        "files of ours that other tools find sound", len(rendered) - len(errors), "=", len(rendered)
    )


def released(done: release.Release) -> Figure:
    print(f"  a jury of {CANDIDATES} released: answered after {done.answered:.2f} s, ", end="")
    print(f"first file after {done.first:.2f} s, last after {done.last:.2f} s")
    print("  of which", ", ".join(f"{step} {share:.0%}" for step, share in done.shares().items()))
    return Figure("certificates of a released jury that were downloaded", done.downloaded, "=", CANDIDATES)


if __name__ == "__main__":
    sys.exit(main())
