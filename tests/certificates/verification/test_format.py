"""The formats told to other programmers are the ones in use, and the checker that we give them works."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from certificates.documents.credentials.compact_proof import proven_claims
from certificates.documents.credentials.jwk import jwk
from certificates.documents.credentials.signing import sign
from certificates.documents.rendering.qr_code import address_of
from tests.factories.register import bare_certificate

TEXT = Path(__file__).parents[3].joinpath("docs/verification-format.md").read_text()
KEY = ec.derive_private_key(2026, ec.SECP256R1())


def block(language: str) -> str:
    """The first block of code in a language."""
    return re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)[1]


def checked(tmp_path, address: str, keys: str) -> subprocess.CompletedProcess:
    tmp_path.joinpath("jwks.json").write_text(keys)
    tmp_path.joinpath("check.py").write_text(block("python"))
    return subprocess.run(
        [sys.executable, "-X", "utf8", "check.py", "jwks.json", address],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_worked_example_is_what_the_code_makes():
    header = {"alg": "ES256", "kid": jwk(KEY.public_key())["kid"]}

    assert json.loads(block("json")) == {"keys": [jwk(KEY.public_key())]}
    assert block("text").strip().partition("#")[2] == sign(header, proven_claims(bare_certificate()), KEY)


def test_the_checker_checks_the_worked_example(tmp_path):
    done = checked(tmp_path, block("text").strip(), block("json"))

    assert json.loads(done.stdout) == proven_claims(bare_certificate())
    assert len(block("python").strip().splitlines()) <= 17


def test_the_checker_checks_a_square_of_this_site_with_the_keys_of_this_site(tmp_path, client):
    done = checked(
        tmp_path, address_of(bare_certificate()), client.get(reverse("certificates:jwks")).content.decode()
    )

    assert json.loads(done.stdout)["name"] == "Samira BENALI"


@pytest.mark.parametrize(
    ("found", "put"),
    [("eyJu", "eyJv"), (".eyJ", ".fyJ"), ("#eyJ", "#eyK")],
    ids=["fact", "payload", "header"],
)
def test_the_checker_says_nothing_of_what_was_altered(tmp_path, found, put):
    address = block("text").strip()
    assert found in address

    done = checked(tmp_path, address.replace(found, put, 1), block("json"))

    assert done.returncode != 0
    assert done.stdout == ""


def test_the_checker_takes_no_statement_for_a_certificate(tmp_path):
    header = {"alg": "ES256", "kid": jwk(KEY.public_key())["kid"], "typ": "cqp-constat+jwt"}

    done = checked(tmp_path, sign(header, proven_claims(bare_certificate()), KEY), block("json"))

    assert "something else" in done.stderr
    assert done.stdout == ""


def test_every_address_told_is_an_address_of_the_site():
    for name, arguments in {
        "jwks": [],
        "jwk": ["<kid>"],
        "offline": [],
        "offline_download": [],
        "badge": ["<code>"],
    }.items():
        address = reverse(f"certificates:{name}", args=arguments).replace("%3C", "<").replace("%3E", ">")
        assert f"`{address}`" in TEXT
