"""Whatever the network does to the sendings, the rows are those of one quiet sending."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as site
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.services.journal import broken_links
from evaluations.models import Competency, Evaluation
from evaluations.services.evaluations.levels import wrong_levels, wrong_tallies
from tests.database import migrated_copy
from tests.evaluations.notebook.phone import (
    evaluation_entry,
    expected_receipt,
    receipt,
    send,
    session_entry,
    signature_entry,
)
from tests.factories import CompetencyFactory, EnrollmentFactory, FrameworkFactory
from trainees.models import Attendance, Signature, TrainingSession
from trainees.services.hours.counters import differences


@pytest.fixture
def phone(client, trainer):
    client.force_login(trainer)
    return client


@pytest.fixture
def crew(enrollment, structure):
    FrameworkFactory()
    CompetencyFactory.create_batch(2)
    return [enrollment, EnrollmentFactory(structure=structure)]


def an_evening(trainer, crew) -> list[dict]:
    """Eleven entries with new ids: a session, its three signatures, seven evaluations of two people."""
    session = session_entry(trainer, *crew)
    competencies = list(Competency.objects.order_by("code"))
    marks = [(n % 2, n % len(competencies), 1 + n % 4) for n in range(7)]
    return [
        session,
        *(signature_entry(session, enrollment) for enrollment in [*crew, None]),
        *(evaluation_entry(crew[n], competencies[m], rank=rank) for n, m, rank in marks),
    ]


@contextmanager
def undone() -> Iterator[None]:
    """Each example starts from the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_repetition_and_cut_give_the_same_rows(phone, trainer, crew, data):
    with undone():
        entries = an_evening(trainer, crew)
        arrivals = data.draw(st.lists(st.sampled_from(range(len(entries))), max_size=20), label="arrivals")
        order = data.draw(st.permutations(range(len(entries))), label="order")
        waiting = [*arrivals, *order]
        while waiting:
            size = data.draw(st.integers(1, 8), label="batch")
            send(phone, trainer, [entries[n] for n in waiting[:size]])
            waiting = waiting[size:]
        send(phone, trainer, entries)  # what was refused before its session had come

        assert receipt(phone, trainer, [entry["id"] for entry in entries]) == expected_receipt(entries)
        assert Evaluation.objects.count() == 7
        assert (TrainingSession.objects.count(), Attendance.objects.count()) == (1, 2)
        assert Signature.objects.count() == 3
        assert (list(wrong_levels()), wrong_tallies(), list(differences())) == ([], {}, [])
        assert list(broken_links()) == []


@pytest.mark.slow
def test_phones_and_a_server_killed_in_the_midst_lose_and_double_nothing():
    """A small run of benchmarks/offline_sync.py: 4 phones, 60 entries, one SIGKILL, real HTTP."""
    migrated = ["--migrated", str(migrated_copy())] if migrated_copy().exists() else []
    size = ["--phones", "4", "--entries", "60", "--kills", "1", "--seed", str(random.randrange(10**6))]

    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.offline_sync", *size, *migrated],
        cwd=site.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "receipts that agree: 4" in run.stdout
