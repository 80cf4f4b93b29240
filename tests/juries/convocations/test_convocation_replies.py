"""The answer to a convocation: by its link, without an account, until the eve."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import JournalEntry
from juries.documents.convocations import reply_token
from juries.enums import LetterKind, LetterState, SessionState
from juries.models import Letter
from juries.services.sessions import cancel_session, change_meeting, convene, seat_juror, withdraw_juror
from juries.services.sessions.convocation_replies import record_reply
from structures.enums import Role
from tests.factories import JurorFactory, MembershipFactory
from tests.juries import builders

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


@pytest.fixture(scope="module")
def convened(module_db, run_work):
    session = builders.planned()
    structure = session.candidates.get().enrollment.structure
    MembershipFactory(structure=structure, role=Role.DIRECTOR)
    convene(session=session, by=session.planned_by)
    mail.outbox.clear()
    run_work()
    return builders.reread(session), list(mail.outbox)


@pytest.fixture
def session(convened, db, mailoutbox):
    session, sent = deepcopy(convened)
    mailoutbox.extend(sent)
    return session


def letter_of(juror) -> Letter:
    return Letter.objects.in_force().get(recipient=juror.user)


def of_candidate() -> Letter:
    return Letter.objects.in_force().get(kind=LetterKind.CANDIDATE)


def page(letter: Letter) -> str:
    return reverse("juries:convocation_reply", args=[reply_token(letter)])


def test_reading_the_page_answers_nothing(client, session):
    letter = of_candidate()

    response = client.get(page(letter))
    client.head(page(letter))

    letter.refresh_from_db()
    assert response.status_code == 200
    assert letter.state == LetterState.SENT
    assert "noindex" in response["X-Robots-Tag"]


def test_a_candidate_says_yes_then_no_then_yes(client, session):
    letter, states = of_candidate(), []
    for answer in ("yes", "no", "yes"):
        response = client.post(page(letter), {"answer": answer, "reason": "Malade"}, follow=True)
        states.append(Letter.objects.get(pk=letter.pk).state)

    assert states == [LetterState.CONFIRMED, LetterState.DECLINED, LetterState.CONFIRMED]
    assert "c’est oui" in response.content.decode()
    assert session.candidates.count() == 1


def test_the_same_answer_again_changes_nothing(client, session):
    letter = of_candidate()
    for _ in range(3):
        client.post(page(letter), {"answer": "no", "reason": ""})

    assert JournalEntry.objects.filter(action="juries.letter.declined").count() == 1
    assert Letter.objects.filter(kind=LetterKind.REPLY).count() == 1


def test_a_juror_who_declines_leaves_the_seat_and_the_certifier_learns_what_lacks(
    client, session, mailoutbox, run_work
):
    juror = builders.other_juror(session)
    mailoutbox.clear()

    client.post(page(letter_of(juror)), {"answer": "no", "reason": "Opération"})
    run_work()

    assert not session.seats.active().filter(juror=juror).exists()
    assert [message.to for message in mailoutbox] == [[session.planned_by.email]]
    body = mailoutbox[0].body
    assert "Opération" in body
    assert "Il faut" in body
    assert JournalEntry.objects.get(action="juries.seat.withdrawn").actor == juror.user


def test_a_president_who_changes_their_mind_presides_again(client, session, run_work):
    president = builders.president(session)
    for answer in ("no", "yes"):
        client.post(page(letter_of(president)), {"answer": answer, "reason": ""})

    assert builders.president(session) == president
    assert letter_of(president).state == LetterState.CONFIRMED


def test_a_seat_offered_to_somebody_else_is_not_taken_back(client, session):
    juror = builders.other_juror(session)
    client.post(page(letter_of(juror)), {"answer": "no", "reason": ""})
    seat_juror(session=session, juror=JurorFactory(college=juror.college), by=session.planned_by)

    response = client.post(page(letter_of(juror)), {"answer": "yes", "reason": ""})

    assert response.status_code == 409
    assert "quelqu’un d’autre" in response.content.decode()
    assert letter_of(juror).state == LetterState.DECLINED


def test_a_juror_who_declined_and_is_seated_again_is_asked_again(client, session, run_work):
    juror = builders.other_juror(session)
    client.post(page(letter_of(juror)), {"answer": "no", "reason": ""})

    seat_juror(session=session, juror=juror, by=session.planned_by)
    run_work()

    assert (letter_of(juror).number, letter_of(juror).state) == (1, LetterState.SENT)


def test_the_link_of_a_replaced_letter_answers_the_one_in_force(client, session):
    old = of_candidate()
    change_meeting(
        session=session,
        held_on=session.held_on,
        venue="Lycée",
        postcode="34200",
        city="Sète",
        by=session.planned_by,
    )

    shown = client.get(page(old)).content.decode()
    client.post(page(old), {"answer": "yes"})

    assert "Lycée" in shown
    assert of_candidate().state == LetterState.CONFIRMED
    assert of_candidate().pk != old.pk


def test_a_new_place_asks_the_question_again(session, run_work):
    record_reply(letter=of_candidate(), coming=True, by=None)

    change_meeting(
        session=session,
        held_on=session.held_on,
        venue="Lycée",
        postcode="34200",
        city="Sète",
        by=session.planned_by,
    )

    assert of_candidate().state == LetterState.TO_SEND


def test_one_answers_until_the_eve(client, session):
    letter = of_candidate()
    with clock.at(clock.now() + timedelta(days=29)):
        eve = client.post(page(letter), {"answer": "yes"})
    with clock.at(clock.now() + timedelta(days=30)):
        day = client.post(page(letter), {"answer": "no", "reason": ""})

    assert (eve.status_code, day.status_code) == (302, 410)
    assert of_candidate().state == LetterState.CONFIRMED


def test_the_link_says_that_the_session_is_cancelled(client, session):
    letter = of_candidate()
    cancel_session(session=session, reason="Tempête", by=session.planned_by)

    response = client.get(page(letter))

    assert response.status_code == 410
    assert "Tempête" in response.content.decode()


def test_a_convocation_taken_back_takes_no_answer(client, session):
    juror = builders.other_juror(session)
    letter = letter_of(juror)
    withdraw_juror(seat=session.seats.get(juror=juror), reason="Remplacé", by=session.planned_by)

    assert client.get(page(letter)).status_code == 410
    with pytest.raises(DomainError, match="retirée"):
        record_reply(letter=letter, coming=True, by=juror.user)


@pytest.mark.parametrize("token", ["x", "00000000-0000-4000-8000-000000000000:abc", "é%00"])
def test_a_link_that_nobody_made_opens_nothing(client, session, token):
    assert client.get(reverse("juries:convocation_reply", args=[token])).status_code == 404


def test_an_answer_that_is_none_is_asked_again(client, session):
    response = client.post(page(of_candidate()), {"answer": "perhaps"})

    assert response.status_code == 422
    assert of_candidate().state == LetterState.SENT


def test_links_tried_at_random_are_slowed_down(client, session):
    url = reverse("juries:convocation_reply", args=["x"])

    statuses = [client.get(url).status_code for _ in range(21)]

    assert statuses == [404] * 20 + [429]


def test_the_certifier_notes_an_answer_told_by_telephone(client, session):
    client.force_login(session.planned_by)
    url = reverse("juries:convocation_record_reply", args=[of_candidate().pk])

    client.post(url, {"answer": "yes", "reason": ""})

    assert of_candidate().state == LetterState.CONFIRMED
    assert JournalEntry.objects.get(action="juries.letter.confirmed").actor == session.planned_by


def test_nothing_is_answered_once_the_session_is_open(session):
    letter = of_candidate()
    type(session).objects.filter(pk=session.pk).update(state=SessionState.OPEN)

    with pytest.raises(DomainError, match="jusqu’à la veille"):
        record_reply(letter=letter, coming=False, by=None)
