"""Two workers, two clicks, two answers at the same instant; in threads, on any database."""

import pytest
from django.core import mail
from django.db import transaction

from core.errors import Postponed, StaleState
from core.models import JournalEntry, Work
from juries.enums import LetterKind, LetterState
from juries.models import Letter
from juries.services.convocations import sync_convocations
from juries.services.locks import lock_session
from juries.services.sessions.convocation_replies import record_reply
from juries.tasks import send_letter
from tests.juries import builders
from tests.juries.concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def letter_of_the_president(session) -> Letter:
    return Letter.objects.in_force().get(recipient=builders.president(session).user)


def test_three_workers_send_one_letter_once():
    letter = letter_of_the_president(builders.convened())
    work = Work.objects.get(subject_id=letter.pk)

    outcomes = at_once(*[lambda: send_letter.run(str(work.pk))] * 3)

    assert outcomes == [None] * 3
    assert len([message for message in mail.outbox if message.to == [letter.recipient.email]]) == 1


@pytest.mark.exhaustive
def test_even_workers_that_hold_the_same_letter_send_it_once():
    letter = letter_of_the_president(builders.convened())

    outcomes = at_once(*[lambda: send_letter.run.__wrapped__(letter.pk)] * 3)

    assert all(outcome is None or isinstance(outcome, Postponed) for outcome in outcomes)
    assert len(mail.outbox) == 1
    assert Letter.objects.get(pk=letter.pk).state == LetterState.SENT


@pytest.mark.exhaustive
def test_two_watches_at_once_write_each_letter_once():
    session = builders.planned(candidates=2)
    type(session).objects.filter(pk=session.pk).update(state="convened")

    @transaction.atomic
    def watch() -> None:
        sync_convocations(lock_session(session, "convened", act="la convocation"))

    outcomes = at_once(*[watch] * 3)

    assert outcomes == [None] * 3
    assert Letter.objects.filter(kind=LetterKind.JUROR).count() == 2
    assert Letter.objects.filter(kind=LetterKind.CANDIDATE).count() == 2


@pytest.mark.exhaustive
def test_two_refusals_at_once_free_the_seat_once():
    session = builders.convened()
    letter = letter_of_the_president(session)

    def refuse() -> None:
        record_reply(letter=letter, coming=False, reason="Malade", by=letter.recipient)

    outcomes = at_once(*[refuse] * 3)

    assert all(outcome is None or isinstance(outcome, StaleState) for outcome in outcomes)
    assert JournalEntry.objects.filter(action="juries.seat.withdrawn").count() == 1
    assert Letter.objects.filter(kind=LetterKind.REPLY).count() == 1
