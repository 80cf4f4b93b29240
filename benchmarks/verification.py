"""The verification: how much its time tells of a code, how it limits one address, whether one altered byte is found.

A known code, an unknown one and a second unknown one are asked for in turn, as a page and as JSON, each from an
address of its own. What is compared is the chance that somebody who times two answers names the known code: one
half is chance, and the second unknown code shows how much chance varies on this machine. Times are those of the
processor, so that a busy machine does not hide a difference.
"""

import logging
import secrets
import sys
from itertools import count
from statistics import median
from time import process_time

from benchmarks.harness.environment import TESTS, environment, start_django

start_django(environment(DJANGO_SETTINGS_MODULE=TESTS, DEMO="1"))

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.harness.figures import Figure, report  # noqa: E402
from certificates.enums import VerificationStatus  # noqa: E402
from certificates.models import Certificate  # noqa: E402
from certificates.services.verification import result_for_file  # noqa: E402
from core import clock  # noqa: E402
from tests.certificates.verification.delivered_files import delivered, signed  # noqa: E402
from tests.factories.register import certificate_of  # noqa: E402

ROUNDS, WARMING = 200, 20
MOST_TOLD = 0.65
"""The most that the times may tell; one half is nothing."""

UNKNOWN = {"unknown": "0123456789ABCDEF", "another unknown": "FEDCBA9876543210"}
TRIES, ALLOWED = 300, 30
ALTERED = 1_000
ADDRESSES = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" for number in count(1))


def main() -> int:
    logging.disable(logging.WARNING)  # each refusal is one
    call_command("migrate", verbosity=0)
    certificate, content = one_delivered()
    codes = {"known": certificate.code} | UNKNOWN
    kinds = {"page": "text/html", "JSON": "application/json"}
    timings = [compare(kind, accept, codes) for kind, accept in kinds.items()]
    return report(*timings, throttled(codes["unknown"]), alter(content))


def one_delivered() -> tuple[Certificate, bytes]:
    """A certificate that was issued, and its file."""
    certificate = certificate_of(first_names="Samira", birth_name="BENALI")
    content = signed(certificate)
    return delivered(content, certificate), content


def compare(kind: str, accept: str, codes: dict[str, str]) -> Figure:
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
    return Figure(f"{kind}, a known code named by its time", round(chance(known, unknown), 3), "≤", MOST_TOLD)


def seconds(code: str, accept: str) -> float:
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=next(ADDRESSES))
    url = reverse("certificates:verify_code", args=[code])
    started = process_time()
    client.get(url, headers={"accept": accept})
    return process_time() - started


def chance(some: list[float], others: list[float]) -> float:
    """How often the slower of two is of the same kind: at least one half, whichever kind it is."""
    slower = sum(one > other for one in some for other in others) / (len(some) * len(others))
    return max(slower, 1 - slower)


def throttled(code: str) -> Figure:
    """TRIES requests within one minute, from one address."""
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1")
    with clock.at(clock.now()):
        statuses = [
            client.get(reverse("certificates:verify_code", args=[code])).status_code for _ in range(TRIES)
        ]
    return Figure(f"refused of {TRIES} tries in a minute", statuses.count(429), "=", TRIES - ALLOWED)


def alter(content: bytes) -> Figure:
    """One byte of the file altered, at places evenly spread over it."""
    found = 0
    for number in range(ALTERED):
        altered = bytearray(content)
        altered[number * len(content) // ALTERED] ^= 1 << number % 8
        found += result_for_file(bytes(altered)).status == VerificationStatus.ALTERED
    return Figure(f"« altérée » of {ALTERED} files with one altered bit", found, "=", ALTERED)


if __name__ == "__main__":
    sys.exit(main())
