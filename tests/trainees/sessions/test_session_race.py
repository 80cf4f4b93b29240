"""Two phones, or one that sends twice at once: one session, one signature, one place at a time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
from django.db import connections

from core import clock
from core.errors import DomainError
from tests.factories import EnrollmentFactory, MembershipFactory, StructureFactory
from trainees.models import Signature, TrainingSession
from trainees.services.hours.counters import differences
from trainees.services.sessions import Presence, Slot, hold_session, plan_sessions, receive_session
from trainees.services.sessions.signatures import SignatureIn, receive_signatures

TIMES = 6
INK = [[[100, 300, 0], [400, 120, 80], [700, 310, 150]]]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place():
    """A structure, its trainer and a trainee, and the facts of a session this morning."""
    structure = StructureFactory()
    trainer = MembershipFactory(structure=structure).user
    enrollment = EnrollmentFactory(structure=structure, referent=trainer)
    slot = Slot(trainer, clock.today(), time(9), time(12), "production", "group", "M4", "Tailler une haie")
    return {"structure": structure, "presences": [Presence(enrollment, 180)], "by": trainer} | vars(slot)


def at_once(*acts) -> list:
    """What each act gives, or the sentence that refused it, all started together."""

    def run(act):
        try:
            return act()
        except DomainError as refusal:
            return refusal.message
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_session_sent_several_times_at_once_is_one_session(place):
    pk = uuid4()

    rows = at_once(*[lambda: receive_session(id=pk, **place)] * TIMES)

    assert [row.pk for row in rows] == [pk] * TIMES
    assert TrainingSession.objects.get().attendances.count() == 1
    assert list(differences()) == []


@pytest.mark.exhaustive
def test_sessions_that_overlap_are_not_received_together(place):
    rows = at_once(*[lambda: receive_session(id=uuid4(), **place)] * TIMES)

    assert TrainingSession.objects.count() == 1
    assert sum("anime déjà" in str(row) for row in rows) == TIMES - 1


@pytest.mark.exhaustive
def test_a_roll_called_twice_at_once_is_called_once(place):
    facts = place | {"first_on": place["held_on"], "expected": [place["presences"][0].enrollment]}
    del facts["held_on"], facts["presences"]
    (session,) = plan_sessions(**facts)

    rows = at_once(
        *[lambda: hold_session(session=session, presences=place["presences"], by=place["by"])] * TIMES
    )

    assert sum("déjà fait" in str(row) for row in rows) == TIMES - 1
    assert list(differences()) == []


@pytest.mark.exhaustive
def test_a_half_day_signed_on_several_phones_at_once_is_signed_once(place):
    session = receive_session(id=uuid4(), **place)
    first = SignatureIn(
        id=uuid4(),
        session_id=session.pk,
        enrollment_id=place["presences"][0].enrollment.pk,
        half="morning",
        minutes=180,
        signed_at=clock.now().isoformat(),
        strokes=INK,
    )
    rows = [first, first, *[replace(first, id=uuid4()) for _ in range(TIMES - 2)]]

    at_once(*[lambda row=row: receive_signatures(signatures=[row], by=place["by"]) for row in rows])

    assert Signature.objects.count() == 1
