"""`manage.py` for the site's worker, which also writes how long each step of a certificate takes."""

import os
import sys
from pathlib import Path

import django
from django.core.management import execute_from_command_line

django.setup()

from benchmarks.rendering.ours import time_steps  # noqa: E402


def _write(step: str, seconds: float) -> None:
    with Path(os.environ["BENCH_STEPS"]).open("a") as steps:
        steps.write(f"{seconds}\t{step}\n")


time_steps(_write)
execute_from_command_line(sys.argv)
