"""A grid kept as it is typed: two pages never undo each other, and nothing unreadable gets in."""

import json
from copy import deepcopy
from uuid import uuid4

import pytest
from django.test import Client

from core.models import JournalEntry
from juries.enums import Presence
from juries.models import Appraisal, Mark
from tests.factories import JurorFactory
from tests.juries import builders
from tests.juries.grids import address, criterion, grid, keep

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened_session(module_db):
    return builders.opened()


@pytest.fixture
def session(opened_session, db):
    return deepcopy(opened_session)


@pytest.fixture
def candidate(session):
    return session.candidates.get()


@pytest.fixture
def juror(session):
    return builders.other_juror(session)


@pytest.fixture
def tablet(client, juror):
    client.force_login(juror.user)
    return client


def test_a_grid_is_kept_and_answered_with_its_revision(tablet, candidate, juror):
    response = keep(tablet, candidate, grid(juror, marks={str(criterion().pk): 2}, validated=True))

    assert response.json()["revision"] == 1
    appraisal = Appraisal.objects.get()
    assert (appraisal.comment, appraisal.validated, appraisal.marks.get().rank) == ("Gestes sûrs", True, 2)


def test_the_next_save_of_the_page_goes_on_from_there(tablet, candidate, juror):
    page = str(uuid4())
    keep(tablet, candidate, grid(juror, page=page, marks={str(criterion().pk): 2}))

    response = keep(tablet, candidate, grid(juror, page=page, revision=1, comment="Rapide", marks={}))

    assert response.json()["revision"] == 2
    assert Appraisal.objects.get().comment == "Rapide"
    assert not Mark.objects.exists()


def test_another_page_that_did_not_see_it_is_refused_with_what_stands(tablet, candidate, juror):
    keep(tablet, candidate, grid(juror, comment="La première page"))

    response = keep(tablet, candidate, grid(juror, comment="La seconde page", validated=False))

    assert response.status_code == 409
    assert response.json()["error"] == "moved"
    assert response.json()["theirs"]["comment"] == "La première page"
    assert response.json()["theirs"]["revision"] == 1
    assert Appraisal.objects.get().comment == "La première page"


def test_a_page_whose_answer_was_lost_goes_on(tablet, candidate, juror):
    page = str(uuid4())
    keep(tablet, candidate, grid(juror, page=page))  # stored, and the answer never came

    response = keep(tablet, candidate, grid(juror, page=page, comment="Gestes sûrs, et précis"))

    assert response.json()["revision"] == 2
    assert Appraisal.objects.get().comment == "Gestes sûrs, et précis"


def test_the_same_again_from_anywhere_changes_nothing(tablet, candidate, juror):
    keep(tablet, candidate, grid(juror))
    before = Appraisal.objects.get().saved_at

    response = keep(tablet, candidate, grid(juror))

    assert response.json()["revision"] == 1
    assert Appraisal.objects.get().saved_at == before


def test_the_page_of_somebody_else_stores_nothing(tablet, candidate, juror):
    response = keep(tablet, candidate, grid(juror, owner=str(uuid4())))

    assert (response.status_code, response.json()) == (409, {"error": "owner"})
    assert not Appraisal.objects.exists()


UNREADABLE = [
    {"marks": []},
    {"marks": {"x": "3"}},
    {"marks": {"x": True}},
    {"validated": "yes"},
    {"comment": None},
    {"revision": "1"},
    {"revision": True},
    {"page": 3},
    {"page": "ici"},
]


@pytest.mark.parametrize("change", UNREADABLE, ids=str)
def test_what_cannot_be_read_is_refused_whole(tablet, candidate, juror, change):
    response = keep(tablet, candidate, grid(juror, **change))

    assert response.status_code == 400
    assert response.json()["sentence"]
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize("body", ["", "[1]", "{", "[" * 50_000])
def test_noise_is_refused(tablet, candidate, body):
    response = tablet.post(address(candidate), body, content_type="application/json")

    assert response.status_code == 400


@pytest.mark.parametrize(("length", "status"), [(2001, 409), (70_000, 413)])
def test_remarks_too_long_are_refused_in_words(tablet, candidate, juror, length, status):
    response = keep(tablet, candidate, grid(juror, comment="a" * length))

    assert response.status_code == status
    assert "remarques" in response.json()["sentence"]
    assert not Appraisal.objects.exists()


def test_signs_that_no_database_keeps_are_left_out(tablet, candidate, juror):
    body = json.dumps(grid(juror, comment="Ges\u0000tes \ud83d sûrs 👍\nvus"))

    tablet.post(address(candidate), body, content_type="application/json")

    assert Appraisal.objects.get().comment == "Gestes  sûrs 👍\nvus"


def test_a_rule_of_the_house_is_told_in_its_words(tablet, candidate, juror):
    candidate.presence = Presence.ABSENT
    candidate.save()

    response = keep(tablet, candidate, grid(juror))

    assert (response.status_code, response.json()["error"]) == (409, "rule")
    assert "absent" in response.json()["sentence"]


def test_a_criterion_that_is_none_is_a_refusal_and_not_a_breakdown(tablet, candidate, juror):
    response = keep(tablet, candidate, grid(juror, marks={"rien": 3}))

    assert response.json()["error"] == "rule"


def test_who_does_not_sit_here_learns_nothing(client, candidate, certifier):
    other = JurorFactory()
    client.force_login(other.user)
    assert keep(client, candidate, grid(other)).status_code == 404

    client.force_login(certifier)
    assert keep(client, candidate, {}).status_code == 403
    assert JournalEntry.objects.filter(action="accounts.access.refused").count() == 1


def test_a_form_without_its_token_is_refused_in_json(candidate, juror):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(juror.user)

    response = keep(strict, candidate, grid(juror))

    assert (response.status_code, response.json()) == (403, {"error": "csrf"})


def test_a_save_costs_few_queries(tablet, candidate, juror, django_assert_max_num_queries):
    keep(tablet, candidate, grid(juror, marks={str(criterion().pk): 2}))

    with django_assert_max_num_queries(16):
        keep(tablet, candidate, grid(juror, revision=1, marks={str(criterion().pk): 3}, comment="Plus vite"))
