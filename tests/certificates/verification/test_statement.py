"""The statement that a verification leaves: what was answered, when, and that this site said so."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jws import extract_compact

from certificates.documents.credentials import keys
from certificates.documents.credentials.signing import sign
from certificates.enums import VerificationStatus
from certificates.services.register.lines import revoke_certificate
from certificates.services.verification import read_statement, result_for_code, sign_statement
from certificates.services.verification.results import VerificationResult
from core import clock
from tests.factories.register import certificate_of

UNKNOWN = "0123456789ABCDEF"


def shown(client, statement: str, **headers):
    return client.get(reverse("certificates:statement", args=[statement]), headers=headers)


def test_a_statement_says_again_what_was_answered(client, db):
    certificate = certificate_of()
    statement = sign_statement(result_for_code(certificate.code))

    response = shown(client, statement)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Ce constat vient bien de ce site" in page
    assert certificate.number in page
    assert "noindex" in response["X-Robots-Tag"]


def test_a_statement_keeps_its_word_and_tells_what_changed_since(client, certifier):
    certificate = certificate_of()
    statement = sign_statement(result_for_code(certificate.code))
    with clock.at(clock.now() + timedelta(days=40)):
        revoke_certificate(certificate=certificate, reason="Fraude", by=certifier)

        told = shown(client, statement, accept="application/json").json()
        page = shown(client, statement).content.decode()

    assert (told["verdict"], told["verdict_today"]) == ("valid", "revoked")
    assert "authentique et valide" in page
    assert "révoqué le" in page


def test_a_statement_is_a_jws_that_names_its_key():
    statement = sign_statement(VerificationResult(VerificationStatus.UNKNOWN, clock.now(), code=UNKNOWN))

    read = extract_compact(statement.encode())

    assert read.protected["alg"] == "ES256"
    assert read.protected["typ"] == "cqp-constat+jwt"
    assert read.protected["kid"]
    assert json.loads(read.payload)["code"] == UNKNOWN


@given(place=st.floats(0, 1, exclude_max=True), letter=st.sampled_from("Aa0_-.é \n"))
def test_a_statement_with_one_letter_changed_is_not_ours(place, letter):
    statement = sign_statement(VerificationResult(VerificationStatus.FOREIGN, clock.now(), sha256="0" * 64))
    at = int(place * len(statement))
    if statement[at] == letter:
        return

    assert read_statement(statement[:at] + letter + statement[at + 1 :]) is None


@pytest.mark.parametrize("text", ["a.b.c", "..", "é.é.é", "x" * 5_000, "constat", "%00", "null.null.null"])
def test_any_text_in_the_place_of_a_statement_is_not_ours(client, db, text):
    response = shown(client, text)

    assert response.status_code == 404
    assert "pas de nous" in response.content.decode()
    assert shown(client, text, accept="application/json").json()["genuine"] is False


def test_another_thing_signed_with_the_same_key_is_no_statement():
    proof = sign({"alg": "ES256", "kid": "x"}, {"verdict": "valid", "iat": 0}, keys.proof_key())

    assert read_statement(proof) is None


def test_statements_made_before_a_change_of_key_are_still_ours(settings, tmp_path, db):
    statement = sign_statement(result_for_code(UNKNOWN))
    old = keys.proof_key().public_key()
    retired, new = tmp_path / "old.pem", tmp_path / "new.pem"
    retired.write_bytes(old.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    new.write_bytes(keys.new_proof_key())
    settings.PROOF_KEY = str(new)

    assert read_statement(statement) is None
    settings.RETIRED_PROOF_KEYS = [str(retired)]
    assert read_statement(statement).status == VerificationStatus.UNKNOWN


def test_without_the_key_a_verification_answers_all_the_same(client, db, settings):
    certificate = certificate_of()
    settings.DEMONSTRATION_KEYS = False

    response = client.get(reverse("certificates:verify_code", args=[certificate.code]))

    assert "Authentique et valide" in response.content.decode()
    assert "Constat signé" not in response.content.decode()
