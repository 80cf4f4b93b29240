"""Signatures drawn on a phone: what is kept, what is refused, and what no longer counts."""

import hashlib
from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest

from core.models import JournalEntry
from tests.factories import MembershipFactory, TrainingSessionFactory, UserFactory
from trainees.enums import HalfDay
from trainees.models import Enrollment, Signature
from trainees.services.enrollments import leave
from trainees.services.sessions import Presence
from trainees.services.sessions.signatures import SignatureIn, receive_signatures, sha256_of_signature


def test_a_signature_is_kept_as_it_was_drawn(refusal_of, signature, trainer, enrollment):
    assert refusal_of(signature) == ""

    kept = Signature.objects.get()
    assert (kept.pk, kept.strokes, kept.minutes, kept.half) == (
        signature.id,
        signature.strokes,
        180,
        HalfDay.MORNING,
    )
    assert (kept.attendance.enrollment, kept.recorded_by) == (enrollment, trainer)
    assert kept.sha256 == sha256_of_signature(signature) == sha256_of_signature(kept)
    line = JournalEntry.objects.get(action="trainees.signature.received")
    assert line.data["signatures"] == {str(signature.id): kept.sha256}
    assert line.topic_id == enrollment.pk


def test_the_hash_of_a_signature_covers_everything_that_was_signed(signature):
    changes = [
        {"id": uuid4()},
        {"session_id": uuid4()},
        {"enrollment_id": None},
        {"half": "afternoon"},
        {"minutes": 179},
        {"signed_at": signature.signed_at.replace("250", "251")},
        {"strokes": [[[0, 0, 0], [100, 0, 1]]]},
    ]

    assert len({sha256_of_signature(replace(signature, **change)) for change in changes}) == len(changes)
    elsewhere = signature.signed_at.replace("10:05:30.250Z", "12:05:30.250+02:00")
    assert sha256_of_signature(replace(signature, signed_at=elsewhere)) == sha256_of_signature(signature)


def test_the_same_signature_sent_again_changes_nothing(refusal_of, signature, trainer):
    refusal_of(signature)
    lines = JournalEntry.objects.count()

    again = receive_signatures(signatures=[signature, signature], by=trainer)

    assert again.accepted == [signature.id]
    assert Signature.objects.count() == 1
    assert JournalEntry.objects.count() == lines


def test_an_identifier_never_says_two_things(refusal_of, signature, trainer):
    other = replace(signature, strokes=[[[0, 0, 0], [900, 0, 9]]])
    both = receive_signatures(signatures=[signature, other], by=trainer)
    refusal_of(signature)

    assert "même envoi" in both.refused[signature.id]
    assert "sous cet identifiant" in refusal_of(other)
    assert Signature.objects.get().strokes == signature.strokes


def test_a_half_day_is_signed_once(refusal_of, signature, trainer):
    twin = replace(signature, id=uuid4())
    both = receive_signatures(signatures=[signature, twin], by=trainer)

    assert both.accepted == [signature.id]
    assert "déjà signée" in both.refused[twin.id]
    assert "déjà signée" in refusal_of(replace(signature, id=uuid4()))


def test_only_the_half_days_of_the_session_are_signed(do_log, refusal_of, signature):
    assert "autre demi-journée (matin)" in refusal_of(replace(signature, half="afternoon"))
    assert "autre demi-journée" in refusal_of(replace(signature, half="night"))

    day = do_log(starts_at=time(13), ends_at=time(17), presences=[Presence(_enrollment(signature), 240)])
    afternoon = replace(signature, session_id=day.pk, half="afternoon", minutes=240)
    assert refusal_of(afternoon) == ""


def test_those_who_were_not_there_have_nothing_to_sign(do_log, crew, refusal_of, signature):
    away = do_log(
        starts_at=time(14), ends_at=time(17), presences=[Presence(crew[0], 0, "leave"), Presence(crew[1], 60)]
    )
    unsigned = replace(signature, session_id=away.pk, half="afternoon", minutes=60)

    assert "noté absent" in refusal_of(replace(unsigned, enrollment_id=crew[0].pk))
    assert "n’est pas notée" in refusal_of(replace(unsigned, enrollment_id=crew[2].pk))
    assert "la signature dit 1" in refusal_of(replace(signature, minutes=60))
    assert refusal_of(replace(unsigned, enrollment_id=crew[1].pk)) == ""


def test_only_the_team_of_the_structure_gathers_signatures(
    refusal_of, signature, stranger, certifier, director
):
    for nobody in (stranger, certifier, UserFactory(), MembershipFactory().user):
        assert "n’est pas d’une de vos équipes" in refusal_of(signature, by=nobody)

    assert "n’existe pas" in refusal_of(replace(signature, session_id=uuid4()))
    assert refusal_of(signature, by=director) == ""


def test_a_session_that_was_not_held_is_not_signed(structure, trainer, refusal_of, signature):
    planned = TrainingSessionFactory(structure=structure, trainer=trainer, state="planned")

    assert "L’appel de cette séance n’est pas fait" in refusal_of(replace(signature, session_id=planned.pk))


def test_a_signed_month_receives_no_signature(refusal_of, signature, session, enrollment, sign_month):
    sign_month(enrollment, session.held_on)

    assert "est signée pour" in refusal_of(signature)
    assert "sont signées" in refusal_of(replace(signature, enrollment_id=None))


def test_a_signature_may_arrive_after_its_author_left(
    refusal_of, signature, enrollment, exit_reason, director
):
    leave(enrollment=enrollment, reason=exit_reason, by=director)

    assert refusal_of(signature) == ""


@pytest.mark.parametrize(
    ("shift", "words"),
    [(365, "qui est à venir"), (-365, "avant la séance"), (10, "qui est à venir"), (7, "")],
)
def test_a_clock_that_is_wrong_is_told(refusal_of, signature, session, shift, words):
    day = session.held_on + timedelta(days=shift)

    sentence = refusal_of(replace(signature, signed_at=f"{day}T00:05:00.000Z"))

    assert words in sentence
    assert bool(words) == ("Réglez l’horloge" in sentence)


@pytest.mark.parametrize("text", ["", "hier", "2026-11-02T09:00:00", "0001-01-01T00:00:00+14:00", None])
def test_a_moment_that_is_none_is_refused(refusal_of, signature, text):
    assert "ne se lit pas" in refusal_of(replace(signature, signed_at=text))


@pytest.mark.parametrize(
    ("strokes", "words"),
    [
        ([], "trop court"),
        ([[]], "trop court"),
        ([[[500, 500, 0]]], "trop court"),
        ([[[500, 500, 0], [520, 510, 9]]], "trop court"),
        ([[[0, 0, 0], [1001, 0, 1]]], "ne se lit pas"),
        ([[[0, -1, 0], [100, 0, 1]]], "ne se lit pas"),
        ([[[0, 0, 0], [100, 0, -1]]], "ne se lit pas"),
        ([[[0, 0.5, 0], [100, 0, 1]]], "ne se lit pas"),
        ([[[True, 0, 0], [100, 0, 1]]], "ne se lit pas"),
        ([[[0, 0], [100, 0]]], "ne se lit pas"),
        ([["x"]], "ne se lit pas"),
        (["x"], "ne se lit pas"),
        ("x", "ne se lit pas"),
        (None, "ne se lit pas"),
        ([[[0, 0, 0], [100, 0, 1]] * 10_001], "trop lourd"),
        ([[[900, 900, 3_599_999], [100, 900, 3_599_999]] * 9_000], "trop lourd"),
    ],
)
def test_what_is_not_a_drawn_signature_is_refused(refusal_of, signature, strokes, words):
    assert words in refusal_of(replace(signature, strokes=strokes))
    assert Signature.objects.count() == 0


def test_a_signature_is_hashed_as_a_phone_writes_it(signature):
    text = (
        f'["{signature.id}","{signature.session_id}","{signature.enrollment_id}","morning",180,"{signature.signed_at}",'
        "[[[100,300,0],[400,120,80],[700,310,150]],[[420,200,300],[430,260,340]]]]"
    )

    assert sha256_of_signature(signature) == hashlib.sha256(text.encode()).hexdigest()


def _enrollment(signature: SignatureIn):
    return Enrollment.objects.get(pk=signature.enrollment_id)
