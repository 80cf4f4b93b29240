"""Ours: what a worker does with one row, and how long each step of it takes."""

import shutil
import subprocess
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from time import perf_counter

from certificates.models import Certificate
from certificates.tasks import rendering

STEPS = {"render_document": "rendering", "sign": "signing", "_store": "row and journal"}
CHECKS = (("qpdf", "--check"), ("pdfinfo",), ("pdffonts",), ("pdfsig", "-nocert"))


def make(certificate: Certificate) -> None:
    """From the row to its stored file: rendered, signed, stored, on the row, in the journal."""
    rendering.render_certificate.run.__wrapped__(certificate.pk)


def time_steps(report: Callable[[str, float], None], clock: Callable[[], float] = perf_counter) -> None:
    """From now on, in this process, report the seconds that each step of each certificate takes."""
    for name, step in STEPS.items():
        setattr(rendering, name, _timed(getattr(rendering, name), step, report, clock))


def _timed(
    function: Callable, step: str, report: Callable[[str, float], None], clock: Callable[[], float]
) -> Callable:
    @wraps(function)
    def timed(*args: object, **kwargs: object) -> object:
        started = clock()
        try:
            return function(*args, **kwargs)
        finally:
            report(step, clock() - started)

    return timed


def errors_in(path: Path) -> list[str]:
    """What tools that are not ours find wrong with a file; nothing where they are not there."""
    found = []
    for tool, *options in CHECKS:
        if shutil.which(tool):
            done = subprocess.run([tool, *options, path], capture_output=True, text=True, check=False)
            if done.returncode:
                found.append(f"{tool}: {done.stdout}{done.stderr}")
    return found
