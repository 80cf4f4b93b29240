"""A whole crew that signs, its trainer, and the signatures that no longer count."""

from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import JournalEntry
from tests.factories import EnrollmentFactory, TrainingSessionFactory
from trainees.enums import HalfDay
from trainees.models import Signature
from trainees.queries.sessions import missing_signatures, signatures_by_presence
from trainees.services.sessions import Presence, correct_attendance, withdraw_session
from trainees.services.sessions.signatures import receive_signatures


def test_one_bad_signature_does_not_spoil_the_others(do_log, crew, signature, trainer):
    session = do_log(starts_at=time(14), ends_at=time(17), presences=[Presence(row, 180) for row in crew])
    rows = [
        replace(signature, id=uuid4(), session_id=session.pk, enrollment_id=row.pk, half="afternoon")
        for row in crew
    ]
    rows[1] = replace(rows[1], strokes=[])

    received = receive_signatures(signatures=[*rows, signature], by=trainer)

    assert received.accepted == [rows[0].id, rows[2].id, signature.id]
    assert set(received.refused) == {rows[1].id}


def test_the_trainer_signs_the_session_once_a_half_day(do_log, crew, signature, refusal_of):
    session = do_log(
        held_on=clock.today() - timedelta(days=3), ends_at=time(16), presences=[Presence(crew[0], 60)]
    )
    facts = {"session_id": session.pk, "enrollment_id": None, "signed_at": f"{session.held_on}T16:00:00.000Z"}
    morning = replace(signature, minutes=7 * 60, **facts)

    assert "La séance de" in refusal_of(replace(morning, minutes=60))
    assert refusal_of(morning) == ""
    assert refusal_of(replace(morning, id=uuid4(), half="afternoon")) == ""
    assert "déjà signée" in refusal_of(replace(morning, id=uuid4()))


def test_a_presence_corrected_after_its_signature_is_to_be_signed_again(
    refusal_of, signature, session, enrollment, trainer
):
    refusal_of(signature)
    attendance = session.attendances.get()
    half = (enrollment.pk, HalfDay.MORNING)

    correct_attendance(attendance=attendance, minutes=90, reason="Partie à 10 h 30", by=trainer)
    assert half in missing_signatures([session])[session.pk]
    assert (session.pk, enrollment.pk) not in signatures_by_presence([session])

    again = replace(signature, id=uuid4(), minutes=90)
    assert refusal_of(again) == ""
    assert half not in missing_signatures([session]).get(session.pk, [])
    assert signatures_by_presence([session])[session.pk, enrollment.pk]["morning"].pk == again.id
    assert Signature.objects.count() == 2


def test_a_session_taken_back_leaves_the_hashes_of_its_signatures(refusal_of, signature, session, trainer):
    refusal_of(signature)
    kept = Signature.objects.get().sha256

    withdraw_session(session=session, reason="Doublon", by=trainer)

    assert Signature.objects.count() == 0
    line = JournalEntry.objects.get(action="trainees.session.withdrawn")
    assert line.data["signatures"] == {str(signature.id): kept}
    assert "a été retirée" in refusal_of(signature)


def test_what_is_left_to_sign_is_read_for_many_sessions_at_once(
    do_log, crew, trainer, sign_month, refusal_of, signature
):
    refusal_of(signature)
    first = do_log(
        starts_at=time(14),
        ends_at=time(17),
        presences=[Presence(crew[0], 180), Presence(crew[1], 0, "leave")],
    )
    second = do_log(
        held_on=clock.today() - timedelta(days=6), ends_at=time(16), presences=[Presence(crew[2], 60)]
    )
    sign_month(crew[2], second.held_on)
    planned = TrainingSessionFactory(trainer=trainer, state="planned")
    sessions = [first, second, planned]

    with CaptureQueriesContext(connection) as queries:
        missing = missing_signatures(sessions)

    assert len(queries) == 3
    assert missing == {first.pk: [(crew[0].pk, HalfDay.AFTERNOON), (None, HalfDay.AFTERNOON)]}


def test_a_whole_crew_signs_in_as_many_queries_as_one_person(do_log, structure, trainer, signature):
    def cost(size: int, hour: int) -> int:
        enrollments = EnrollmentFactory.create_batch(size, structure=structure)
        session = do_log(
            starts_at=time(hour), ends_at=time(hour + 1), presences=[Presence(row, 60) for row in enrollments]
        )
        half = session.halves[0]
        facts = {"session_id": session.pk, "half": half, "minutes": 60}
        rows = [replace(signature, id=uuid4(), enrollment_id=row.pk, **facts) for row in enrollments]
        with CaptureQueriesContext(connection) as queries:
            received = receive_signatures(signatures=rows, by=trainer)
        assert len(received.accepted) == size
        return len(queries)

    cost(1, 7)

    assert cost(1, 13) == cost(24, 14) <= 12
