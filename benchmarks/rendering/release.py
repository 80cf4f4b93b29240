"""A jury released: from the last signature of its minutes to the last certificate that can be downloaded."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.test import Client

from benchmarks.fault_injection.builders import multiply
from benchmarks.fault_injection.workers import Workers
from certificates.models import Certificate
from juries.models import Decision, JurySession, Seat
from juries.services.results.minutes import sign_minutes
from tests.juries import builders

WORKERS = 2
TIMEOUT = 120


@dataclass
class Release:
    """Seconds from the signature to: the answer, the first file, the last one; and what the workers spent."""

    answered: float = 0
    first: float = 0
    last: float = 0
    downloaded: int = 0
    steps: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def shares(self) -> dict[str, float]:
        """What each step takes of the whole; the workers' are done by all of them at once."""
        parts = {"entering the register": self.answered}
        parts |= {step: seconds / WORKERS for step, seconds in self.steps.items()}
        parts["waking, waiting and the rest"] = self.last - sum(parts.values())
        return {step: seconds / self.last for step, seconds in parts.items()}


def measure(candidates: int, environment: Mapping[str, str], var_dir: Path) -> Release:
    """Release two juries with the same workers, which load what they need at the first, and measure the second."""
    steps, sessions = var_dir / "steps", [_ready(candidates) for _ in range(2)]
    workers = Workers(
        WORKERS,
        environment | {"BENCH_STEPS": str(steps), "REDIS_URL": ""},
        var_dir / "workers.log",
        program=("-m", "benchmarks.rendering.timed_worker"),
    )
    try:
        for session in sessions:
            steps.write_text("")
            done = _release(session)
    finally:
        workers.stop()
    for line in steps.read_text().splitlines():
        seconds, step = line.split("\t")
        done.steps[step] += float(seconds)
    return done


def _ready(candidates: int) -> JurySession:
    """A jury whose candidates are all certified and whose minutes wait for one last signature."""
    minutes = builders.closed()
    multiply(Decision.objects.get(candidate__session=minutes.session), candidates)
    for seat in _signing(minutes.session)[:-1]:
        sign_minutes(minutes=minutes, juror=seat.juror, by=seat.juror.user)
    return minutes.session


def _signing(session: JurySession) -> list[Seat]:
    """The president comes last."""
    present = [seat for seat in builders.seats(session) if seat.is_present]
    return sorted(present, key=lambda seat: seat.is_president)


def _release(session: JurySession) -> Release:
    juror, done = _signing(session)[-1].juror, Release()
    started = time.monotonic()
    sign_minutes(minutes=session.minutes, juror=juror, by=juror.user)
    done.answered = time.monotonic() - started
    certificates = Certificate.objects.filter(batch_id=session.pk)
    rendered, total, count = certificates.exclude(file=""), certificates.count(), 0
    while count < total:
        time.sleep(0.02)
        count = rendered.count()
        done.last = time.monotonic() - started
        done.first = done.first or (count and done.last)
        if done.last > TIMEOUT:
            raise RuntimeError(f"{count} certificates of {total} after {TIMEOUT} s")
    client = Client(SERVER_NAME="localhost")
    client.force_login(session.planned_by)
    answers = [client.get(f"/certificats/{certificate.pk}/pdf/") for certificate in certificates]
    done.downloaded = sum(b"".join(answer).startswith(b"%PDF-") for answer in answers)
    return done
