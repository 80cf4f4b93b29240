"""A place where trainees are enrolled, and the shortest words to enrol, train and send them away."""

from datetime import time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from tests.factories import EnrollmentFactory, SupportFactory
from trainees.models import ExitReason, MonthClosing
from trainees.services.enrollments import Contract, Identity, enrol
from trainees.services.immersions import plan_immersion
from trainees.services.sessions import Presence, Slot, log_session, plan_sessions
from trainees.services.sessions.signatures import SignatureIn, receive_signatures

INK = [[[100, 300, 0], [400, 120, 80], [700, 310, 150]], [[420, 200, 300], [430, 260, 340]]]


@pytest.fixture
def support(structure):
    support = SupportFactory()
    structure.supports.add(support)
    return support


@pytest.fixture
def identity():
    return Identity("Dupont", "Samira", "F", clock.today().replace(year=1990, day=1), birth_place="Sète")


@pytest.fixture
def contract():
    return Contract(clock.today() - timedelta(days=30), clock.today() + timedelta(days=300), Decimal("26"))


@pytest.fixture
def exit_reason(db):
    return ExitReason.objects.create(code="emploi", name="Emploi", positive=True)


@pytest.fixture
def do_enrol(structure, support, trainer, director, identity, contract):
    """Enrol somebody; any argument of the service may be replaced."""

    def act(**changes):
        facts = {
            "structure": structure,
            "support": support,
            "referent": trainer,
            "identity": identity,
            "contract": contract,
            "by": director,
        }
        return enrol(**facts | changes)

    return act


@pytest.fixture
def crew(structure, trainer):
    return EnrollmentFactory.create_batch(3, structure=structure, referent=trainer)


@pytest.fixture
def do_log(structure, trainer, enrollment):
    """Log a session of three hours a week ago, with one trainee there the whole time."""

    def act(**changes):
        facts = {
            "structure": structure,
            "trainer": trainer,
            "held_on": clock.today() - timedelta(days=7),
            "starts_at": time(9),
            "ends_at": time(12),
            "place": "production",
            "kind": "group",
            "module": "M4",
            "theme": "Tailler une haie",
            "presences": [Presence(enrollment, 180)],
            "by": trainer,
        }
        return log_session(**facts | changes)

    return act


@pytest.fixture
def slot(trainer):
    """This morning, three hours in production."""
    return Slot(trainer, clock.today(), time(9), time(12), "production", "group", "M4", "Tailler une haie")


@pytest.fixture
def do_plan(structure, slot, crew, trainer):
    """Plan a session in the slot for the crew; any argument of the service may be replaced."""

    def act(**changes):
        facts = vars(slot) | {
            "first_on": slot.held_on,
            "structure": structure,
            "expected": crew,
            "by": trainer,
        }
        del facts["held_on"]
        return plan_sessions(**facts | changes)

    return act


@pytest.fixture
def sign_month(trainer):
    """Sign the month of a day for somebody, whatever is still missing in it."""

    def act(enrollment, day):
        return MonthClosing.objects.create(enrollment=enrollment, month=day.replace(day=1), closed_by=trainer)

    return act


@pytest.fixture
def do_immerse(enrollment, director):
    """Plan an immersion of ten days that began forty days ago."""

    def act(**changes):
        facts = {
            "enrollment": enrollment,
            "host_name": "Pépinières du Sud",
            "tutor_name": "Paul Tuteur",
            "purpose": "discover",
            "objectives": "Découvrir le métier de pépiniériste",
            "starts_on": clock.today() - timedelta(days=40),
            "ends_on": clock.today() - timedelta(days=31),
            "planned_minutes": 35 * 60,
            "by": director,
        }
        return plan_immersion(**facts | changes)

    return act


@pytest.fixture
def page_of(client):
    """The page at an address, read by somebody, as (status, HTML)."""

    def read(user, url: str, data=None):
        client.force_login(user)
        response = client.get(url) if data is None else client.post(url, data)
        return response.status_code, response.content.decode() if response.content else response.headers[
            "Location"
        ]

    return read


@pytest.fixture
def count_queries(client):
    """How many queries a page asks of somebody."""

    def count(user, url: str) -> int:
        client.force_login(user)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return count


@pytest.fixture
def session(do_log):
    return do_log()


@pytest.fixture
def signature(session, enrollment):
    """The morning of the only trainee of the session, signed that day."""
    return SignatureIn(
        id=uuid4(),
        session_id=session.pk,
        enrollment_id=enrollment.pk,
        half="morning",
        minutes=180,
        signed_at=f"{session.held_on}T10:05:30.250Z",
        strokes=INK,
    )


@pytest.fixture
def refusal_of(trainer):
    """The sentence that refuses one signature, or nothing when it is kept."""

    def send(signature: SignatureIn, by=trainer) -> str:
        received = receive_signatures(signatures=[signature], by=by)
        assert received.accepted == [] or received.refused == {}
        return received.refused.get(signature.id, "")

    return send


@pytest.fixture
def sign(trainer):
    """Draw what somebody signs for a session as it is now: a trainee's enrolment, or nobody for its trainer."""

    def act(session, enrollment, *halves):
        minutes = (
            session.attendances.get(enrollment=enrollment).minutes if enrollment else session.length_minutes
        )
        rows = [
            SignatureIn(
                id=uuid4(),
                session_id=session.pk,
                enrollment_id=enrollment.pk if enrollment else None,
                half=half,
                minutes=minutes,
                signed_at=f"{session.held_on}T15:00:00.000Z",
                strokes=INK,
            )
            for half in halves or session.halves
        ]
        assert receive_signatures(signatures=rows, by=trainer).refused == {}

    return act
