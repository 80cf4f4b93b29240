"""Who asks for codes of the day, and who guesses them, is limited by where they come from."""

from copy import deepcopy

import pytest

from tests.juries import builders
from tests.juries.day_access import code_of

pytestmark = pytest.mark.django_db

ASK, CODE = "/jury-du-jour/", "/jury-du-jour/code/"
STRANGER = "203.0.113.9"


@pytest.fixture(scope="module")
def opened_session(module_db):
    return builders.opened()


@pytest.fixture
def juror(opened_session, db):
    return builders.other_juror(deepcopy(opened_session))


def test_three_letters_in_ten_minutes_are_enough_from_one_place(client, juror, mailoutbox, run_work):
    answers = [client.post(ASK, {"email": juror.user.email}) for _ in range(4)]
    run_work()

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "ceux qui sont arrivés servent encore" in answers[-1].text
    assert sum("Votre code" in message.subject for message in mailoutbox) == 3


def test_a_stranger_who_asks_and_guesses_does_not_keep_the_juror_out(client, juror, mailoutbox, run_work):
    for _ in range(6):
        client.post(ASK, {"email": juror.user.email}, REMOTE_ADDR=STRANGER)
        client.post(CODE, {"email": juror.user.email, "code": "22222222"}, REMOTE_ADDR=STRANGER)

    client.post(ASK, {"email": juror.user.email})
    run_work()
    response = client.post(CODE, {"email": juror.user.email, "code": code_of(mailoutbox)})

    assert response.status_code == 302


def test_a_mailbox_is_not_flooded_from_many_places(client, juror, mailoutbox, run_work):
    for place in range(10):
        client.post(ASK, {"email": juror.user.email}, REMOTE_ADDR=f"203.0.113.{place}")
    run_work()

    assert sum("Votre code" in message.subject for message in mailoutbox) == 6


def test_five_guesses_in_ten_minutes_are_enough_from_one_network(client, juror):
    guess = {"email": juror.user.email, "code": "22222222"}
    answers = [client.post(CODE, guess, REMOTE_ADDR=f"2001:db8::{place}") for place in range(1, 7)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Cinq codes ont été essayés" in answers[-1].text


def test_a_hundred_tries_from_one_place_are_enough(client, db):
    for number in range(100):
        client.post(CODE, {"email": f"x{number}@y.example", "code": "2222"})

    assert client.post(CODE, {"email": "x@y.example", "code": "2222"}).status_code == 429
