"""The certificate as an Open Badge, read as its specification says and checked against its published schema."""

import gzip
import json
import os
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from joserfc.jws import extract_compact
from joserfc.util import urlsafe_b64decode
from jsonschema import Draft201909Validator

from certificates.documents.credentials import keys
from certificates.documents.credentials.badges import badge_of, credential_of
from certificates.documents.credentials.jwk import badge_key
from certificates.documents.credentials.signing import read_signed
from certificates.enums import CertificateState
from certificates.services.register.lines import revoke_certificate
from core import clock
from tests.factories.accounts import UserFactory
from tests.factories.register import bare_certificate, certificate_of

PACKAGE = Path(sys.prefix, "schemas", "openbadgeslib-4.6.3.tar.gz")
SCHEMA = "tests/fixtures/ob_schemas/ob_v3p0_achievementcredential_schema.json"


@pytest.fixture(scope="module")
def schema() -> dict:
    """The schema that 1EdTech publishes, from the package that `make` fetched: it is not ours to keep here."""
    if not PACKAGE.exists():
        assert not os.environ.get("CI"), "CI must have the published schema"
        pytest.skip(f"no {PACKAGE.name}: « make test » fetches it")
    with tarfile.open(PACKAGE) as archive:
        return json.load(archive.extractfile(f"openbadgeslib-4.6.3/{SCHEMA}"))


def parts_of(token: str) -> tuple[dict, dict]:
    read = extract_compact(token.encode())
    return read.protected, json.loads(read.payload)


def test_the_badge_follows_the_published_schema(schema):
    faults = Draft201909Validator(schema).iter_errors(credential_of(bare_certificate()))

    assert [fault.message for fault in faults] == []


def test_the_schema_would_see_a_fault(schema):
    credential = credential_of(bare_certificate()) | {"validFrom": 12}
    del credential["credentialSubject"]["achievement"]["criteria"]

    assert len(list(Draft201909Validator(schema).iter_errors(credential))) >= 2


def test_the_badge_says_what_the_certificate_says():
    credential = credential_of(bare_certificate())
    subject = credential["credentialSubject"]

    assert subject["identifier"][0]["identityHash"] == "Samira BENALI"
    assert subject["licenseNumber"] == "CQP-2026-000001"
    assert "Salarié polyvalent" in subject["achievement"]["name"]
    assert credential["validFrom"] == "2026-11-23T00:00:00+01:00"
    assert "8K3MZ0QWT7VX2PAB" not in json.dumps(credential), "a badge handed on does not hand on the code"


def test_the_claims_repeat_the_credential_as_the_specification_wants():
    token = badge_of(bare_certificate())
    header, payload = parts_of(token)

    assert set(header) == {"alg", "typ", "kid"}
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    assert "vc" not in payload
    assert payload["iss"] == payload["issuer"]["id"]
    assert payload["jti"] == payload["id"]
    assert payload["sub"] == payload["credentialSubject"]["id"]
    assert payload["nbf"] == datetime.fromisoformat(payload["validFrom"]).timestamp()
    assert read_signed(token, badge_key().public_key())


def test_the_same_row_gives_the_same_badge():
    certificate = bare_certificate()

    assert badge_of(certificate) == badge_of(certificate)


def test_an_example_says_so_where_a_reader_of_badges_shows_it():
    credential = credential_of(bare_certificate(is_demo=True))

    assert credential["name"].startswith("Exemple sans valeur")
    assert credential["credentialSubject"]["achievement"]["name"].startswith("Exemple sans valeur")


def test_a_certifier_who_signs_files_on_a_curve_signs_badges_with_the_proof_key(monkeypatch):
    curve = keys.CertificateKey(ec.derive_private_key(7, ec.SECP256R1()), None, ())
    monkeypatch.setattr("certificates.documents.credentials.jwk.certificate_key", lambda: curve)

    token = badge_of(bare_certificate())

    assert parts_of(token)[0]["alg"] == "ES256"
    assert read_signed(token, keys.proof_key().public_key())


def test_the_key_of_a_badge_is_read_at_its_name(client, db):
    token = badge_of(certificate_of())
    address = parts_of(token)[0]["kid"]

    published = client.get(address.removeprefix("http://localhost:8000")).json()

    assert published["alg"] == "RS256"
    assert published["kid"] == address.rpartition("/")[2].removesuffix(".json")
    assert published in client.get(reverse("certificates:jwks")).json()["keys"]
    assert "d" not in published


def test_the_badge_of_a_certificate_that_stands_is_handed_out(client, db):
    certificate = certificate_of()

    response = client.get(reverse("certificates:badge", args=[certificate.code]))

    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert f"{certificate.number}.jwt" in response["Content-Disposition"]
    assert response.content.decode() == badge_of(certificate)


def test_a_revoked_certificate_has_no_badge_and_is_in_the_list(client, db):
    certificate, other = certificate_of(), certificate_of()
    assert marked(client, certificate.year) == set()

    revoke_certificate(certificate=certificate, reason="Fraude établie", by=UserFactory(is_certifier=True))

    response = client.get(reverse("certificates:badge", args=[certificate.code]))
    assert response.status_code == 410
    assert "révoqué" in response.content.decode()
    assert marked(client, certificate.year) == {certificate.sequence}
    status = credential_of(other)["credentialStatus"]
    assert status["statusListIndex"] == str(other.sequence)
    assert status["statusListCredential"].endswith(reverse("certificates:badge_status", args=[other.year]))


def marked(client, year: int) -> set[int]:
    """The ranks whose bit is 1 in the list of a year, read as its specification says."""
    response = client.get(reverse("certificates:badge_status", args=[year]))
    token = response.content.decode()
    assert read_signed(token, badge_key().public_key())
    assert response["Content-Type"] == "application/vc+jwt"
    subject = parts_of(token)[1]["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
    bits = gzip.decompress(urlsafe_b64decode(subject["encodedList"].removeprefix("u").encode()))
    assert len(bits) * 8 >= 131_072
    return {rank for rank in range(len(bits) * 8) if bits[rank // 8] >> (7 - rank % 8) & 1}


@pytest.mark.parametrize("state", [CertificateState.REVOKED, CertificateState.REPLACED])
def test_no_state_but_standing_gives_a_badge(state):
    assert not bare_certificate(state=state).is_valid


def test_an_unknown_code_and_an_empty_year_are_not_found(client, db):
    assert client.get(reverse("certificates:badge", args=["0" * 16])).status_code == 404
    assert client.get(reverse("certificates:badge_status", args=[1999])).status_code == 404


def test_without_keys_nothing_is_handed_out_and_nothing_breaks(client, db, settings):
    certificate = certificate_of()
    settings.DEMONSTRATION_KEYS = False

    names = [
        ("badge", [certificate.code]),
        ("badge_status", [certificate.year]),
        ("jwks", []),
        ("offline", []),
    ]
    for name, arguments in names:
        assert client.get(reverse(f"certificates:{name}", args=arguments)).status_code == 503


def test_badges_count_among_the_verifications_of_a_minute(client, db):
    address = reverse("certificates:badge", args=["0" * 16])

    with clock.at(datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)):  # one minute holds them all
        answers = [client.get(address).status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]
