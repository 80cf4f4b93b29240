"""The procès-verbal: composed once, signed in order, never moved."""

from copy import deepcopy

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from core.errors import DomainError, StaleState
from core.hashing import fingerprint
from core.models import JournalEntry
from juries.documents.results.minutes import render
from juries.enums import Outcome, ReleaseMode, SessionState
from juries.models import Minutes
from juries.services.results.minutes import close_deliberation, missing_signatures, sign_minutes
from juries.services.sessions import record_presence
from tests.factories import JurorFactory
from tests.juries import builders
from trainees.models import Trainee

pytestmark = pytest.mark.django_db

BY_HAND = {"release_mode": ReleaseMode.BY_CERTIFIER}


@pytest.fixture(scope="module")
def composed(module_db):
    return builders.closed()


@pytest.fixture
def minutes(composed, db):
    return deepcopy(composed)


def test_the_minutes_say_who_sat_and_what_was_decided():
    minutes = builders.closed(candidates=2)

    session = minutes.session
    qualities = {row["name"]: row["quality"] for row in minutes.content["jurors"]}
    assert qualities == {
        str(builders.president(session)): "présidence",
        str(builders.other_juror(session)): "juré",
    }
    assert [row["outcome"] for row in minutes.content["candidates"]] == [Outcome.CERTIFIED] * 2
    assert minutes.content["candidates"][0]["opinions"]["production"] == {"for": 2, "against": 0}


def test_the_fingerprint_is_that_of_the_content(minutes):
    minutes.refresh_from_db()
    assert minutes.content_sha256 == fingerprint(minutes.content)


def test_a_later_change_of_name_leaves_the_minutes_as_they_were(minutes):
    user = builders.president(minutes.session).user
    before = minutes.content["jurors"]

    user.last_name = "Autre"
    user.save()

    minutes.refresh_from_db()
    assert minutes.content["jurors"] == before


def test_the_database_refuses_a_change_of_the_minutes(minutes):
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(content={})


def test_the_deliberation_closes_when_every_candidate_has_a_decision():
    session = builders.appraised(candidates=2)
    builders.certify(session.candidates.first())

    with pytest.raises(DomainError, match="Il manque la décision"):
        close_deliberation(session=session, by=builders.president(session).user)

    assert builders.reread(session).state == SessionState.OPEN


def test_a_decision_that_no_longer_agrees_with_the_roll_call_stops_the_closing():
    session = builders.opened()
    candidate = session.candidates.get()
    _call(session, absent=[candidate])
    builders.refuse(candidate, Outcome.ABSENT)
    _call(session, absent=[])

    with pytest.raises(DomainError, match="corrigez d’abord l’appel"):
        close_deliberation(session=session, by=builders.president(session).user)


def test_only_the_president_closes():
    session = builders.decided()

    with pytest.raises(DomainError, match="lui revient"):
        close_deliberation(session=session, by=builders.other_juror(session).user)


def test_a_second_closing_is_refused_and_the_first_one_stands(minutes):
    with pytest.raises(StaleState, match="délibérée"):
        close_deliberation(session=minutes.session, by=builders.president(minutes.session).user)

    assert Minutes.objects.get() == minutes


def test_the_president_signs_last(minutes):
    president = builders.president(minutes.session)

    with pytest.raises(DomainError, match="signe en dernier"):
        sign_minutes(minutes=minutes, juror=president, by=president.user)

    assert [seat.juror for seat in missing_signatures(minutes)][-1] == president


def test_a_signature_is_personal(minutes):
    with pytest.raises(DomainError, match="personnelle"):
        sign_minutes(
            minutes=minutes,
            juror=builders.other_juror(minutes.session),
            by=builders.president(minutes.session).user,
        )


def test_a_juror_who_was_not_there_does_not_sign(minutes):
    stranger = JurorFactory()

    with pytest.raises(DomainError, match="n’était pas présent"):
        sign_minutes(minutes=minutes, juror=stranger, by=stranger.user)


def test_the_pdf_is_drawn_once_every_signature_is_there():
    minutes = builders.closed(**BY_HAND)
    builders.sign_all(minutes)

    builders.draw_minutes_of(minutes)
    minutes.refresh_from_db()
    first = minutes.file.name
    builders.draw_minutes_of(minutes)

    minutes.refresh_from_db()
    with minutes.file.open("rb") as file:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert minutes.file.name == first
    assert "signé en ligne" in text
    assert minutes.content["candidates"][0]["name"] in text


def test_the_same_minutes_give_the_same_bytes(minutes):
    signatures = [
        {"juror": row["id"], "name": row["name"], "signed_at": "2026-03-02T16:00:00+00:00", "strokes": []}
        for row in minutes.content["jurors"]
    ]

    assert render(minutes.content, signatures, sha256="0" * 64) == render(
        minutes.content, signatures, sha256="0" * 64
    )


# the pages


def test_a_juror_signs_on_the_page_and_the_last_signature_says_so(client, minutes):
    url = reverse("juries:minutes_sign", args=[minutes.session_id])
    for juror in (builders.other_juror(minutes.session), builders.president(minutes.session)):
        client.force_login(juror.user)
        response = client.post(url, follow=True)

    assert "les résultats sont publiés" in response.content.decode()
    assert builders.reread(minutes.session).state == SessionState.RELEASED


def test_the_last_to_sign_reads_what_the_signature_publishes(client):
    session = builders.appraised(candidates=2)
    first, second = session.candidates.all()
    builders.certify(first)
    builders.refuse(second)
    minutes = close_deliberation(session=session, by=builders.president(session).user)
    early, late = _sign_in_turn(client, minutes)

    assert "Signer et publier" not in early
    assert "Votre signature publie 2\xa0résultats et délivre 1\xa0certificat." in late
    assert "Signer et publier" in late


def test_the_last_to_sign_reads_that_the_certifier_publishes(client):
    _, late = _sign_in_turn(client, builders.closed(**BY_HAND))

    assert "Le certificateur publie les résultats ensuite" in late
    assert "Signer et publier" not in late


def test_the_last_to_sign_reads_that_a_faulty_certificate_holds_everything_back(client):
    minutes = builders.closed()
    Trainee.objects.update(birth_place="")
    _, late = _sign_in_turn(client, minutes)

    assert "un certificat serait mal imprimé" in late
    assert "Signer et publier" not in late


def test_the_last_juror_who_signs_twice_reads_that_it_is_done(minutes):
    juror = builders.president(minutes.session)
    for one in (builders.other_juror(minutes.session), juror):
        sign_minutes(minutes=minutes, juror=one, by=one.user)

    with pytest.raises(StaleState, match="déjà signé"):
        sign_minutes(minutes=minutes, juror=juror, by=juror.user)


def test_the_president_reads_why_to_wait(client, minutes):
    client.force_login(builders.president(minutes.session).user)

    page = client.get(reverse("juries:minutes", args=[minutes.session_id])).content.decode()
    refused = client.post(reverse("juries:minutes_sign", args=[minutes.session_id]))

    assert "signe en dernier" in page
    assert "Signer le procès-verbal" not in page
    assert refused.status_code == 409


def test_the_file_is_handed_over_and_the_journal_keeps_it(client, certifier):
    minutes = builders.closed(**BY_HAND)
    builders.sign_all(minutes)
    builders.draw_minutes_of(minutes)
    client.force_login(certifier)

    response = client.get(reverse("juries:minutes_file", args=[minutes.session_id]))

    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert JournalEntry.objects.filter(action="juries.minutes.downloaded", actor=certifier).count() == 1


def test_a_file_that_was_tampered_with_is_not_shown(client, certifier):
    minutes = builders.closed(**BY_HAND)
    builders.sign_all(minutes)
    builders.draw_minutes_of(minutes)
    Minutes.objects.filter(pk=minutes.pk).update(file_sha256="0" * 64)
    client.force_login(certifier)

    response = client.get(reverse("juries:minutes_file", args=[minutes.session_id]))

    assert response.status_code == 409
    assert "empreinte" in response.content.decode()


def _call(session, *, absent):
    record_presence(
        session=session,
        jurors_present=[seat.juror for seat in builders.seats(session)],
        candidates_absent=absent,
        by=session.planned_by,
    )


def _sign_in_turn(client, minutes) -> list[str]:
    """The page of the minutes as each juror reads it before signing, the president last."""
    pages = []
    for juror in (builders.other_juror(minutes.session), builders.president(minutes.session)):
        client.force_login(juror.user)
        pages.append(client.get(reverse("juries:minutes", args=[minutes.session_id])).content.decode())
        sign_minutes(minutes=minutes, juror=juror, by=juror.user)
    return pages
