"""How the minutes are signed, what the signature seals, and that nothing moves afterwards."""

import json
from copy import deepcopy
from datetime import time
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from core.errors import DomainError
from juries.enums import IncidentKind, Outcome, ReleaseMode
from juries.models import Appraisal, Decision, DecisionDomain, Minutes, MinutesSignature
from juries.services.jury_day.incidents import record_incident
from juries.services.results.minutes import preview_minutes, sign_minutes
from juries.services.results.minutes.signing import seal_of
from tests.juries import builders

pytestmark = pytest.mark.django_db

DRAWN = [[[100, 200, 0], [300, 260, 40], [500, 220, 90]], [[520, 200, 300], [700, 240, 360]]]


@pytest.fixture(scope="module")
def composed(module_db) -> Minutes:
    return builders.closed(release_mode=ReleaseMode.BY_CERTIFIER)


@pytest.fixture
def minutes(composed, db) -> Minutes:
    return deepcopy(composed)


def test_a_drawn_signature_is_kept_as_it_was_drawn(minutes):
    juror = builders.other_juror(minutes.session)

    signature = sign_minutes(minutes=minutes, juror=juror, strokes=DRAWN, by=juror.user)

    signature.refresh_from_db()
    assert signature.strokes == DRAWN
    assert signature.sha256 == seal_of(minutes, signature)


def test_a_signature_by_account_is_sealed_too(minutes):
    juror = builders.other_juror(minutes.session)

    signature = sign_minutes(minutes=minutes, juror=juror, by=juror.user)

    signature.refresh_from_db()
    assert (signature.strokes, signature.sha256) == ([], seal_of(minutes, signature))


@pytest.mark.parametrize("strokes", [[[[1, 1, 0]]], [["point"]], {"x": 1}, [[[1, 2]]], [[[5000, 2, 0]]]])
def test_what_is_not_a_signature_is_refused_and_nothing_is_written(minutes, strokes):
    juror = builders.other_juror(minutes.session)

    with pytest.raises(DomainError, match="tracé"):
        sign_minutes(minutes=minutes, juror=juror, strokes=strokes, by=juror.user)

    assert not MinutesSignature.objects.exists()


def test_a_juror_draws_on_the_page(client, minutes):
    juror = builders.other_juror(minutes.session)
    client.force_login(juror.user)

    client.post(reverse("juries:minutes_sign", args=[minutes.session_id]), {"strokes": json.dumps(DRAWN)})

    page = client.get(reverse("juries:minutes", args=[minutes.session_id])).content.decode()
    assert f"Signature de {juror}" in page


@pytest.mark.parametrize("text", ["{", "[" * 5000, "x" * 200_001])
def test_unreadable_strokes_are_told_and_nothing_is_signed(client, minutes, text):
    client.force_login(builders.other_juror(minutes.session).user)

    answer = client.post(reverse("juries:minutes_sign", args=[minutes.session_id]), {"strokes": text})

    assert answer.status_code == 422
    assert "signer de nouveau" in answer.content.decode()
    assert not MinutesSignature.objects.exists()


def test_the_file_shows_the_line_that_was_drawn(minutes):
    juror, chair = builders.other_juror(minutes.session), builders.president(minutes.session)
    sign_minutes(minutes=minutes, juror=juror, strokes=DRAWN, by=juror.user)
    sign_minutes(minutes=minutes, juror=chair, by=chair.user)

    builders.draw_minutes_of(minutes)

    minutes.refresh_from_db()
    with minutes.file.open("rb") as file:
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(file.read())).pages)
    assert "signé en ligne le" in text  # the president, by their account
    assert text.count("signé en ligne le") == 1


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (MinutesSignature, {"strokes": []}),
        (Decision, {"outcome": Outcome.ADJOURNED}),
        (Decision, {"reason": "Autre motif"}),
        (DecisionDomain, {"acquired": False}),
        (Appraisal, {"validated": False}),
        (Appraisal, {"submitted_at": None}),
    ],
    ids=str,
)
def test_the_database_refuses_that_anything_moves_afterwards(minutes, model, change):
    juror = builders.other_juror(minutes.session)
    sign_minutes(minutes=minutes, juror=juror, strokes=DRAWN, by=juror.user)

    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        model.objects.update(**change)


def test_the_preview_says_what_is_decided_and_what_is_not():
    session = builders.appraised(candidates=2)
    first, second = session.candidates.all()
    builders.certify(first)

    lines = {row["id"]: row for row in preview_minutes(session)["candidates"]}

    assert lines[str(first.pk)]["outcome"] == Outcome.CERTIFIED
    assert lines[str(second.pk)]["outcome_label"] == "pas encore décidé"


def test_the_preview_shows_no_opinion_before_the_decision():
    session = builders.appraised()

    (line,) = preview_minutes(session)["candidates"]

    assert line["opinions"] == {test: {"for": 0, "against": 0} for test in line["opinions"]}


def test_the_minutes_are_what_the_preview_said(client):
    session = builders.decided()
    before = preview_minutes(session)

    after = builders.close_deliberation(session=session, by=builders.president(session).user).content

    assert before["candidates"] == after["candidates"]
    assert before["session"] | {"deliberated_at": ""} == after["session"] | {"deliberated_at": ""}


def test_the_minutes_tell_the_facts_of_the_day():
    session = builders.decided()
    record_incident(
        session=session,
        kind=IncidentKind.INCIDENT,
        happened_at=time(10, 5),
        note="Coupure de courant dans l’atelier",
        by=builders.president(session).user,
    )

    minutes = builders.close_deliberation(session=session, by=builders.president(session).user)

    (sentence,) = minutes.content["incidents"]
    assert "Coupure de courant dans l’atelier" in sentence


def test_the_jury_reads_the_preview_on_its_page(client):
    session = builders.decided()
    client.force_login(builders.other_juror(session).user)

    page = client.get(reverse("juries:minutes_preview", args=[session.pk])).content.decode()

    assert "rien n’est encore composé" in page
    assert "Signer le procès-verbal" not in page


def test_there_is_no_preview_of_what_is_composed(client, minutes):
    client.force_login(builders.president(minutes.session).user)

    assert client.get(reverse("juries:minutes_preview", args=[minutes.session_id])).status_code == 404
