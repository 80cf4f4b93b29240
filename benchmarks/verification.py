"""The verification: what its time tells of a code, what a hurried address gets, and what one altered byte gives.

A known code, an unknown one and a second unknown one are asked for in turn, as a page and as JSON, each from an
address of its own. What is compared is the chance that somebody who times two answers names the known code: one
half is blind luck, and the second unknown code shows how far luck wanders on this machine. Times are those of the
processor, so that a busy machine does not hide what they tell.
"""

import hashlib
import logging
import os
import secrets
import sys
import tempfile
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

FOLDER = tempfile.TemporaryDirectory(prefix="cqp-bench-", ignore_cleanup_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "tests.production",  # the factories need its hasher
    "VAR_DIR": FOLDER.name,
    "DATABASE_URL": f"sqlite:///{Path(FOLDER.name, 'bench.sqlite3')}",
    "REDIS_URL": "",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "HTTPS": "0",
    "DEMO": "1",  # with its throw-away keys
    "LOG_LEVEL": "ERROR",
}

Path(FOLDER.name, "static").mkdir()

import django  # noqa: E402 - the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts import clock  # noqa: E402
from juries.documents.certificate import draw  # noqa: E402
from juries.documents.signing import sign  # noqa: E402
from juries.enums import CertificateState, Verdict  # noqa: E402
from juries.models import Certificate  # noqa: E402
from juries.services.verification import answer_for_file  # noqa: E402
from tests.factories.register import certificate_of  # noqa: E402

ROUNDS, WARMING = 200, 20
LUCK = 0.65
"""The most that the times may tell; one half is nothing."""

UNKNOWN = {"unknown": "0123456789ABCDEF", "another unknown": "FEDCBA9876543210"}
HURRIED, ALLOWED = 300, 30
ALTERED = 1_000
ADDRESSES = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" for number in count(1))


def main() -> int:
    logging.disable(logging.WARNING)  # each refusal is one
    call_command("migrate", verbosity=0)
    certificate, content = delivered()
    codes = {"known": certificate.code} | UNKNOWN
    short = [
        compare(kind, accept, codes) for kind, accept in (("page", "text/html"), ("JSON", "application/json"))
    ]
    short += [hurry(codes["unknown"]), alter(content)]
    return int(any(short))


def delivered() -> tuple[Certificate, bytes]:
    """A certificate that was issued, and its file."""
    certificate = certificate_of(first_names="Samira", birth_name="BENALI")
    content = sign(draw(certificate), certificate=certificate)
    Certificate.objects.filter(pk=certificate.pk).update(
        file="certificates/one.pdf",
        file_sha256=hashlib.sha256(content).hexdigest(),
        issued_at=clock.now(),
        state=CertificateState.ISSUED,
    )
    return certificate, content


def compare(kind: str, accept: str, codes: dict[str, str]) -> bool:
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(ROUNDS + WARMING):
        for name in secrets.SystemRandom().sample(list(codes), len(codes)):
            times[name].append(seconds(codes[name], accept))
    known, unknown, other = (values[WARMING:] for values in times.values())
    print(
        f"  {kind}: median {median(known) * 1000:.2f} ms known, {median(unknown) * 1000:.2f} unknown, "
        f"{median(known) / median(unknown):.3f} of one another"
    )
    print(f"  {kind}: two unknown codes told apart {chance(unknown, other):.0%} of the times")
    told = chance(known, unknown)
    return report(f"{kind}, a known code named by its time", round(told, 3), LUCK, told <= LUCK)


def seconds(code: str, accept: str) -> float:
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=next(ADDRESSES))
    url = reverse("juries:verify_code", args=[code])
    started = process_time()
    client.get(url, headers={"accept": accept})
    return process_time() - started


def chance(some: list[float], others: list[float]) -> float:
    """How often the slower of two is of the same kind: at least one half, whichever kind it is."""
    slower = sum(one > other for one in some for other in others) / (len(some) * len(others))
    return max(slower, 1 - slower)


def hurry(code: str) -> bool:
    """So many tries within one minute, from one address."""
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1")
    with clock.at(clock.now()):
        statuses = [
            client.get(reverse("juries:verify_code", args=[code])).status_code for _ in range(HURRIED)
        ]
    refused = statuses.count(429)
    return report(
        f"refused of {HURRIED} tries in a minute", refused, HURRIED - ALLOWED, refused == HURRIED - ALLOWED
    )


def alter(content: bytes) -> bool:
    """One byte of the file altered, at places evenly spread over it."""
    told = 0
    for number in range(ALTERED):
        altered = bytearray(content)
        altered[number * len(content) // ALTERED] ^= 1 << number % 8
        told += answer_for_file(bytes(altered)).verdict == Verdict.ALTERED
    return report(f"« altérée » of {ALTERED} files with one altered bit", told, ALTERED, told == ALTERED)


def report(figure: str, value: float, goal: float, good: bool) -> bool:
    print(f"{figure}: {value:g} (goal: {goal:g}) {'ok' if good else 'SHORT'}")
    return not good


if __name__ == "__main__":
    sys.exit(main())
