"""The application of the site's worker, that writes down how long each step of a certificate takes."""

import os
from pathlib import Path

import django

django.setup()

from benchmarks.drawing.ours import watch  # noqa: E402
from cqp.config.celery import app  # noqa: E402

__all__ = ["app"]


def _write(step: str, seconds: float) -> None:
    with Path(os.environ["BENCH_STEPS"]).open("a") as steps:
        steps.write(f"{seconds}\t{step}\n")


watch(_write)
