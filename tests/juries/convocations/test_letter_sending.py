"""A letter on its way: sent once, tried again, set apart with its reason, sent again by somebody."""

from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import JournalEntry, Work
from core.models.work import LEASE
from juries.enums import LetterKind, LetterState
from juries.models import Letter
from juries.services.convocations.delivery_log import send_again
from juries.services.sessions.convocation_replies import record_reply
from juries.tasks import send_letter
from tests.juries import builders, mailboxes

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


@pytest.fixture
def letter():
    """The convocation of the president, not sent yet."""
    session = builders.convened()
    return Letter.objects.get(kind=LetterKind.JUROR, recipient=builders.president(session).user)


def attempt(letter: Letter, *, after: timedelta = timedelta()) -> Letter:
    """What a worker does with a letter, some time from now; a refusal stays in its queue."""
    with clock.at(clock.now() + after):
        builders.send(letter)
    letter.refresh_from_db()
    return letter


def received(mailoutbox, letter: Letter) -> list:
    """What the president received: the worker sends the letters of the others in the same turn."""
    return [message for message in mailoutbox if message.to == [letter.recipient.email]]


def test_a_letter_is_sent_once_however_often_it_is_asked(letter, mailoutbox):
    for _ in range(3):
        attempt(letter, after=LEASE)

    assert len(received(mailoutbox, letter)) == 1
    assert letter.state == LetterState.SENT
    assert letter.sent_to == letter.recipient.email


def test_a_mail_server_that_is_away_is_asked_again_later(letter, mailoutbox, settings):
    backend = settings.EMAIL_BACKEND
    mailboxes.use(settings, mailboxes.Deaf)
    attempt(letter)
    waiting = (letter.state, letter.failure)
    settings.EMAIL_BACKEND = backend
    attempt(letter, after=timedelta(minutes=1))

    assert waiting[0] == LetterState.TO_SEND
    assert "le site essaie de nouveau" in waiting[1]
    assert (letter.state, letter.failure) == (LetterState.SENT, "")
    assert len(received(mailoutbox, letter)) == 1


def test_a_server_that_says_later_is_asked_again_with_a_growing_delay(letter, settings):
    mailboxes.use(settings, mailboxes.Busy)
    delays = []
    for days in range(3):
        with clock.at(clock.now() + timedelta(days=days)):
            builders.send(letter)
            delays.append(Work.objects.get(subject_id=letter.pk).due_at - clock.now())

    assert delays == sorted(delays)
    assert delays[2] > 3 * delays[0]


@pytest.mark.parametrize("mailbox", [mailboxes.Deaf, mailboxes.Busy])
def test_a_letter_outlives_any_number_of_refusals_that_are_not_for_good(
    letter, mailoutbox, settings, mailbox, client
):
    backend = settings.EMAIL_BACKEND
    mailboxes.use(settings, mailbox)
    for days in range(12):
        attempt(letter, after=timedelta(days=days))
    waiting, health = letter.state, client.get(reverse("health")).json()
    settings.EMAIL_BACKEND = backend
    attempt(letter, after=timedelta(days=12))

    assert waiting == LetterState.TO_SEND
    assert health["work_retried"] >= 1
    assert health["work_set_aside"] == 0
    assert letter.state == LetterState.SENT
    assert len(received(mailoutbox, letter)) == 1


def test_an_address_refused_for_good_is_not_tried_again(letter, settings):
    mailboxes.use(settings, mailboxes.Refusing)
    attempt(letter)

    assert letter.state == LetterState.FAILED
    assert "vérifiez l’adresse" in letter.failure
    assert letter.never_left


def test_a_worker_killed_after_the_mail_left_never_sends_it_twice(letter, mailoutbox, settings):
    backend = settings.EMAIL_BACKEND
    mailboxes.use(settings, mailboxes.Deadly)
    with pytest.raises(mailboxes.KilledWorker):
        builders.send(letter)
    settings.EMAIL_BACKEND = backend

    for minutes in (12, 14, 30, 60):
        attempt(letter, after=timedelta(minutes=minutes))

    assert len(received(mailoutbox, letter)) == 1
    assert letter.state == LetterState.FAILED
    assert "peut-être partie" in letter.failure


def test_a_letter_that_another_worker_has_in_hand_is_left_to_it(letter, mailoutbox):
    moment = clock.now()
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENDING, sending_started_at=moment)

    attempt(letter)

    assert (letter.state, len(received(mailoutbox, letter))) == (LetterState.SENDING, 0)


def test_a_server_that_hangs_up_leaves_the_decision_to_somebody(letter, mailoutbox, settings):
    mailboxes.use(settings, mailboxes.HangingUp)
    attempt(letter)
    attempt(letter, after=timedelta(hours=2))

    assert len(received(mailoutbox, letter)) == 1
    assert letter.state == LetterState.FAILED


def test_somebody_may_send_a_letter_again_under_a_new_message_id(letter, mailoutbox, certifier, run_work):
    attempt(letter)
    send_again(letter=letter, by=certifier)
    run_work()

    ids = [message.extra_headers["Message-ID"] for message in received(mailoutbox, letter)]
    assert len(set(ids)) == len(ids) == 2
    assert JournalEntry.objects.filter(action="juries.letter.asked_again").exists()


def test_a_letter_that_failed_leaves_once_it_is_asked_again(
    letter, mailoutbox, settings, certifier, run_work
):
    backend = settings.EMAIL_BACKEND
    mailboxes.use(settings, mailboxes.Refusing)
    attempt(letter)
    settings.EMAIL_BACKEND = backend

    send_again(letter=letter, by=certifier)
    run_work()

    letter.refresh_from_db()
    assert (letter.state, letter.failure) == (LetterState.SENT, "")


def test_asking_twice_at_once_sends_once_more(letter, mailoutbox, certifier, run_work):
    attempt(letter)
    for _ in range(2):
        send_again(letter=letter, by=certifier)
    run_work()
    run_work()

    assert len(received(mailoutbox, letter)) == 2


@pytest.mark.parametrize("state", [LetterState.CONFIRMED, LetterState.DECLINED, LetterState.SENDING])
def test_what_is_answered_or_in_hand_is_not_sent_again(letter, state, certifier):
    answered = clock.now() if state != LetterState.SENDING else None
    Letter.objects.filter(pk=letter.pk).update(state=state, replied_at=answered)

    with pytest.raises(DomainError):
        send_again(letter=letter, by=certifier)


@pytest.mark.parametrize("then", [EmailBackend, mailboxes.Refusing, mailboxes.HangingUp])
def test_an_answer_given_while_the_mail_leaves_is_kept(letter, settings, monkeypatch, then):
    def answer():
        record_reply(letter=letter, coming=True, by=letter.recipient)

    mailboxes.use(settings, mailboxes.Slow)
    monkeypatch.setattr(mailboxes.Slow, "meanwhile", [answer])
    monkeypatch.setattr(mailboxes.Slow, "answers", then)
    send_letter.run.__wrapped__(letter.pk)

    letter.refresh_from_db()
    assert letter.state == LetterState.CONFIRMED
    assert letter.replied_at
