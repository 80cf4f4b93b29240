"""Refusals and breakdowns are pages of the site: what happened, why, what to do."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import bad_request, page_not_found, permission_denied, server_error

from core.bodies import MOST_SENT
from cqp.home.views.errors import csrf_failure


@pytest.fixture
def request_of(rf: RequestFactory):
    """A request for any page, made by this person."""

    def make(user):
        request = rf.get("/quelque-part/")
        request.user = user
        return request

    return make


def test_an_unknown_address_answers_with_a_page_of_the_site(client):
    response = client.get("/rien-ici/")

    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.text
    assert 'id="contenu"' in response.text


def test_a_refusal_tells_its_reason(request_of, director):
    response = permission_denied(request_of(director), PermissionDenied("Seule la présidente décide."))

    assert response.status_code == 403
    assert "Seule la présidente décide." in response.text


def test_a_refusal_without_a_reason_still_says_what_to_do(request_of, director):
    response = permission_denied(request_of(director), PermissionDenied())

    assert "Cette page ne vous est pas ouverte" in response.text
    assert "Demandez à la direction" in response.text


def test_the_reason_of_a_refusal_is_escaped(request_of, director):
    response = permission_denied(request_of(director), PermissionDenied("<script>alert(1)</script>"))

    assert "<script>alert" not in response.text


def test_a_page_that_is_not_found_keeps_the_way_around(request_of, director):
    response = page_not_found(request_of(director), LookupError())

    assert "Se déconnecter" in response.text
    assert reverse("home") in response.text


@pytest.mark.parametrize(
    ("breakdown", "status"),
    [(server_error, 500), (lambda request: bad_request(request, ValueError()), 400)],
)
def test_a_breakdown_is_told_without_database_nor_session(rf, breakdown, status):
    response = breakdown(rf.get("/"))

    assert response.status_code == status
    assert "<h1>" in response.text
    assert "CQP Salarié polyvalent" in response.text


def test_a_form_left_open_too_long_says_that_nothing_was_kept(db):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(reverse("account_login"), {"login": "a@b.example", "password": "x"})

    assert response.status_code == 403
    assert "Rien n’a été enregistré" in response.text
    assert "refuse les cookies" in response.text


def test_a_form_of_another_session_is_explained(request_of, director):
    response = csrf_failure(request_of(director), reason="CSRF token incorrect.")

    assert response.status_code == 403
    assert "restée ouverte trop longtemps" in response.text


def test_a_rule_that_refuses_has_its_page(request_of, director):
    page = render_to_string("409.html", {"error": "Les résultats sont publiés."}, request_of(director))

    assert "Les résultats sont publiés." in page
    assert "Rien n’a été enregistré" in page


@pytest.mark.parametrize("path", ["/connexion/", "/jury-du-jour/", "/structures/nouvelle/"])
def test_more_than_any_form_of_the_site_is_refused_unread(client, db, path):
    content = BytesIO(b"x" * (MOST_SENT + 1))

    response = client.post(path, {"file": content})

    assert response.status_code == 413
    assert "Cet envoi est trop lourd" in response.text


def test_what_a_form_may_weigh_is_read(client, db):
    response = client.post("/connexion/", {"file": BytesIO(b"x" * (MOST_SENT - 1024))})

    assert response.status_code == 200
