"""The same answers for programs, at the same addresses, under keys that stay."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certificates.services.register.lines import replace_certificate, revoke_certificate
from tests.factories.register import certificate_of

JSON = {"accept": "application/json"}
UNKNOWN = "0123456789ABCDEF"


def address(code: str) -> str:
    return reverse("certificates:verify_code", args=[code])


def ask(client, code: str) -> dict:
    return client.get(address(code), headers=JSON).json()


def test_a_program_reads_what_the_page_says(client, db):
    certificate = certificate_of(first_names="Samira", birth_name="BENALI", birth_place="Ville-Secrète")

    response = client.get(address(certificate.code), headers=JSON)

    told = response.json()
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Vary"].startswith("Accept")
    assert list(told) == [
        *("format", "verdict", "word", "sentence", "checked_at", "code", "file", "certificate"),
        *("demonstration_key", "statement"),
    ]
    assert (told["format"], told["verdict"], told["file"]) == ("cqp-verification/1", "valid", None)
    assert told["certificate"]["number"] == certificate.number
    assert told["certificate"]["holder"] == {
        "first_names": "Samira",
        "birth_name": "BENALI",
        "usage_name": "",
        "birth_date": "1990-05-17",
    }
    for secret in ("Ville-Secrète", certificate.structure_name, str(certificate.pk)):
        assert secret not in response.content.decode()


def test_the_states_of_a_certificate_have_their_keys(client, certifier):
    old = certificate_of(first_names="Samir")
    new = replace_certificate(
        certificate=old, changes={"first_names": "Samira"}, reason="État civil", by=certifier
    )
    revoke_certificate(certificate=new, reason="Motif intime", by=certifier)
    new.refresh_from_db()

    replaced, revoked = ask(client, old.code), ask(client, new.code)

    assert (replaced["verdict"], replaced["certificate"]["replaced_by"]) == ("replaced", new.number)
    assert (revoked["verdict"], revoked["certificate"]["state"]) == ("revoked", "revoked")
    assert revoked["certificate"]["revoked_at"] == new.revoked_at.isoformat(timespec="seconds")
    assert new.code not in str(replaced)
    assert "Motif intime" not in str(revoked)


def test_an_unknown_code_is_404_for_a_program_too(client, db):
    response = client.get(address(UNKNOWN), headers=JSON)

    assert response.status_code == 404
    assert (response.json()["verdict"], response.json()["certificate"]) == ("unknown", None)


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/json;q=0.5", "image/png", ""])
def test_whoever_does_not_prefer_json_gets_the_page(client, db, accept):
    response = client.get(address(UNKNOWN), headers={"accept": accept})

    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("content", "verdict", "status"),
    [
        (b"%PDF-1.7\n", "foreign", 200),
        (b"hello", "unreadable", 422),
        (b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>", "unreadable", 422),
    ],
)
def test_a_program_sends_a_file_and_reads_its_verdict(client, db, content, verdict, status):
    file = SimpleUploadedFile("certificat.pdf", content)

    response = client.post(reverse("certificates:verify"), {"file": file}, headers=JSON)

    assert (response.status_code, response.json()["verdict"]) == (status, verdict)
    assert response.json()["file"] == {
        "sha256": hashlib.sha256(content).hexdigest(),
        "recognised_by": None,
        "signature": "none",
        "differences": [],
    }


def test_a_program_that_sends_nothing_of_use_reads_why(client, db):
    verify = reverse("certificates:verify")

    for response, error in (
        (client.get(verify, headers=JSON), "bad_code"),
        (client.get(verify, {"code": "8K3M"}, headers=JSON), "bad_code"),
        (client.post(verify, headers=JSON), "no_file"),
        (client.post(verify, {"file": SimpleUploadedFile("vide.pdf", b"")}, headers=JSON), "no_file"),
    ):
        assert response.status_code == 422
        assert response.json()["error"] == error
        assert response.json()["sentence"]


def test_a_demonstration_says_that_its_key_is_worth_nothing(client, db, settings):
    code = certificate_of().code
    settings.DEMONSTRATION_KEYS = True

    assert ask(client, code)["demonstration_key"] is True
    assert "Clé de démonstration" in client.get(address(code)).content.decode()


def test_an_installed_key_says_nothing_of_demonstrations(client, db, settings):
    code = certificate_of().code
    settings.CERTIFICATE_KEY = "/etc/keys/certificate.p12"

    assert ask(client, code)["demonstration_key"] is False
    assert "Clé de démonstration" not in client.get(address(code)).content.decode()
