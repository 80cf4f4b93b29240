"""Sessions that a phone names: written once whatever the number of sendings, and refused in words."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import DomainError
from core.models import JournalEntry
from tests.factories import EnrollmentFactory, MembershipFactory, StructureFactory, TrainingSessionFactory
from trainees.models import Attendance, Enrollment, TrainingSession
from trainees.services.sessions import Presence, correct_attendance, receive_session, withdraw_session


@pytest.fixture
def content(structure, trainer, crew):
    """What a phone tells of a session of three hours a week ago."""
    return {
        "id": uuid4(),
        "structure": structure,
        "trainer": trainer,
        "held_on": clock.today() - timedelta(days=7),
        "starts_at": time(9),
        "ends_at": time(12),
        "place": "production",
        "kind": "group",
        "module": "M4",
        "theme": "Tailler une haie",
        "presences": [Presence(crew[0], 180), Presence(crew[1], 0, "leave")],
        "by": trainer,
    }


def test_a_session_is_kept_under_the_name_its_phone_gave_it(content, crew):
    session = receive_session(**content)

    crew[0].refresh_from_db()
    assert (session.pk, session.state) == (content["id"], "held")
    assert crew[0].done_production_minutes == 180
    assert JournalEntry.objects.get(subject_id=str(session.pk)).action == "trainees.session.logged"


def test_the_same_session_sent_again_is_harmless(content, crew):
    first = receive_session(**content)

    again = receive_session(
        **content | {"theme": " Tailler une haie ", "presences": list(reversed(content["presences"]))}
    )

    crew[0].refresh_from_db()
    assert again == first
    assert TrainingSession.objects.count() == 1
    assert crew[0].done_production_minutes == 180
    assert JournalEntry.objects.count() == 1


def test_an_identifier_names_one_session_for_ever(content, crew, counsellor):
    receive_session(**content)

    for changes in [
        {"theme": "Désherber"},
        {"ends_at": time(13)},
        {"held_on": content["held_on"] + timedelta(days=1)},
        {"module": "M1"},
        {"trainer": counsellor},
        {"presences": content["presences"][:1]},
        {"presences": [Presence(crew[0], 179), Presence(crew[1], 0, "leave")]},
        {"presences": [Presence(crew[0], 180), Presence(crew[1], 0, "steps")]},
        {"presences": [*content["presences"], Presence(crew[2], 60)]},
    ]:
        with pytest.raises(DomainError, match="avec un autre contenu"):
            receive_session(**content | changes)

    assert TrainingSession.objects.get().attendances.count() == 2


def test_a_session_that_was_corrected_since_is_not_put_back(content, trainer):
    session = receive_session(**content)
    attendance = session.attendances.get(minutes=180)
    correct_attendance(attendance=attendance, minutes=60, reason="Partie tôt", by=trainer)

    with pytest.raises(DomainError, match="avec un autre contenu"):
        receive_session(**content)

    attendance.refresh_from_db()
    assert attendance.minutes == 60


def test_a_session_that_was_withdrawn_does_not_come_back(content, trainer):
    withdraw_session(session=receive_session(**content), reason="Mauvais jour", by=trainer)

    with pytest.raises(DomainError, match=r"a été retirée le .* \(Mauvais jour\)"):
        receive_session(**content)

    assert TrainingSession.objects.count() == 0


def test_a_planned_session_is_held_as_it_went(content, structure, crew, counsellor):
    planned = TrainingSessionFactory(
        id=content["id"], structure=structure, trainer=counsellor, state="planned", starts_at=time(8)
    )
    planned.expected.set(crew)

    session = receive_session(**content)

    planned.refresh_from_db()
    assert session == planned
    assert (planned.state, planned.trainer, planned.starts_at) == ("held", content["trainer"], time(9))
    assert planned.attendances.count() == 2
    assert planned.expected.count() == 3
    assert JournalEntry.objects.get(subject_id=str(session.pk)).action == "trainees.session.held"
    assert receive_session(**content) == planned


def test_a_cancelled_session_is_not_held(content, structure, trainer):
    TrainingSessionFactory(
        id=content["id"], structure=structure, trainer=trainer, state="cancelled", cancelled_reason="Gel"
    )

    with pytest.raises(DomainError, match=r"est annulée \(Gel\)"):
        receive_session(**content)


def test_the_sessions_of_other_teams_are_refused(content, stranger, director):
    elsewhere = StructureFactory()
    TrainingSessionFactory(id=content["id"], structure=elsewhere, state="planned")

    for by in (stranger, director, MembershipFactory().user):
        with pytest.raises(DomainError, match="Vous n’encadrez pas"):
            receive_session(**content | {"by": by})
    with pytest.raises(DomainError, match="avec un autre contenu"):
        receive_session(**content)
    with pytest.raises(DomainError, match="n’est pas de cette structure"):
        receive_session(**content | {"id": uuid4(), "presences": [Presence(EnrollmentFactory(), 60)]})

    assert Attendance.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"theme": "é" * 161}, "160 caractères"),
        ({"theme": "a\x00b"}, "160 caractères"),
        ({"place": "moon"}, "n’existe pas"),
        ({"kind": "crowd"}, "n’existe pas"),
        ({"module": "M9"}, "n’existe pas"),
    ],
)
def test_what_no_page_would_send_is_refused(content, changes, words):
    with pytest.raises(DomainError, match=words):
        receive_session(**content | changes)

    assert TrainingSession.objects.count() == 0


@pytest.mark.parametrize(("days", "words"), [(365, "à venir"), (-365, "n’encadrait pas|hors du contrat")])
def test_a_day_that_no_page_would_send_is_refused(content, days, words):
    with pytest.raises(DomainError, match=words):
        receive_session(**content | {"held_on": clock.today() + timedelta(days=days)})

    assert TrainingSession.objects.count() == 0


@pytest.mark.parametrize("is_planned", [False, True])
def test_the_whole_crew_is_received_in_as_many_queries_as_one_person(content, structure, is_planned):
    def cost(size: int, hour: int) -> int:
        hours = {"id": uuid4(), "starts_at": time(hour), "ends_at": time(hour + 1)}
        if is_planned:
            TrainingSessionFactory(structure=structure, trainer=content["trainer"], state="planned", **hours)
        rows = EnrollmentFactory.create_batch(size, structure=structure)
        presences = [Presence(Enrollment(pk=row.pk), 60) for row in rows]
        with CaptureQueriesContext(connection) as queries:
            receive_session(**content | hours | {"presences": presences})
        return len(queries)

    cost(1, 14)

    assert cost(1, 8) == cost(12, 10) <= 15
