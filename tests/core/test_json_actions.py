import json
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError

from core.errors import DomainError
from core.models import JournalEntry
from core.views.json_actions import Refused, body_of, json_action, refused_to_role
from tests.factories import UserFactory

SOMEBODY = SimpleNamespace(pk=7, is_authenticated=True)
ERRORS = {"rule": DomainError("Ce jour est passé."), "down": OperationalError("database is locked")}


@json_action("POST")
def keep(request, day: str) -> dict:
    body = body_of(request, most=200, too_large="Cet envoi est trop lourd.")
    if body.get("fails"):
        raise ERRORS[body["fails"]]
    if "theirs" in body:
        raise Refused(409, "moved", "Une autre page a enregistré.", theirs=body["theirs"])
    return {"day": day, "kept": body.get("word")}


@pytest.fixture
def send(rf):
    """What the view answers to a body, given as a value or as raw text: the status and the JSON."""

    def sent(body, *, user=SOMEBODY, content_type="application/json", method="post"):
        content = body if isinstance(body, str | bytes) else json.dumps({"owner": "7"} | body)
        request = getattr(rf, method)("/", content, content_type=content_type)
        request.user = user
        response = keep(request, day="lundi")
        return response.status_code, json.loads(response.content)

    return sent


def test_what_the_view_gives_is_answered_in_json(send):
    assert send({"word": "été"}) == (200, {"day": "lundi", "kept": "été"})


def test_who_is_not_logged_in_is_told_so_and_sent_to_no_page(send):
    assert send({}, user=AnonymousUser()) == (401, {"error": "login"})


@pytest.mark.parametrize("method", ["put", "delete"])
def test_another_method_is_refused(send, method):
    assert send({}, method=method) == (405, {"error": "method"})


def test_a_view_that_is_read_answers_to_head(rf):
    request = rf.head("/")
    request.user = SOMEBODY

    assert json_action("GET")(lambda request: {})(request).status_code == 200
    assert json_action("POST")(lambda request: {})(request).status_code == 405


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "1", b"\xff", "[" * 199, '{"a": 1e'])
def test_what_is_no_json_object_is_refused(send, body):
    status, answer = send(body)

    assert (status, answer["error"]) == (400, "format")
    assert "rien n’a été enregistré" in answer["sentence"]


def test_a_form_is_no_json(send):
    assert send("word=x", content_type="application/x-www-form-urlencoded")[0] == 400


def test_a_body_beyond_the_limit_is_refused_in_the_words_of_the_view(send):
    assert send({"word": "x" * 200}) == (413, {"error": "size", "sentence": "Cet envoi est trop lourd."})


def test_the_page_of_somebody_else_is_refused(send):
    assert send({"owner": "8"}) == (409, {"error": "owner"})


def test_a_refusal_may_carry_more_than_its_sentence(send):
    answer = {"error": "moved", "sentence": "Une autre page a enregistré.", "theirs": [1]}
    assert send({"theirs": [1]}) == (409, answer)


def test_a_rule_is_told_in_its_words(send):
    assert send({"fails": "rule"}) == (409, {"error": "rule", "sentence": "Ce jour est passé."})


def test_a_database_that_does_not_answer_is_tried_again_later(send):
    status, answer = send({"fails": "down"})

    assert (status, answer["error"]) == (503, "busy")
    assert "Rien n’est perdu" in answer["sentence"]


@pytest.mark.parametrize("number", ["9" * 19, "-" + "9" * 5000, "NaN", "Infinity"])
def test_a_number_that_no_column_holds_stays_text(send, number):
    assert send(f'{{"owner": "7", "word": {number[:150]}}}')[1]["kept"] == number[:150]


@pytest.mark.django_db
def test_what_a_role_does_not_allow_is_kept_in_the_journal():
    refusal = refused_to_role(by=UserFactory(), path="/jour/", sentence="Réservé aux jurés.")

    assert (refusal.status, refusal.content) == (403, {"error": "role", "sentence": "Réservé aux jurés."})
    assert JournalEntry.objects.get(action="accounts.access.refused").reason == "Réservé aux jurés."
