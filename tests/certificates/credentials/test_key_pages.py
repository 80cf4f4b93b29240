"""The keys that anybody may fetch, and the check that anybody may keep."""

import base64
import hashlib
import re

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.urls import reverse

from certificates.documents.credentials.compact_proof import compact_proof
from certificates.documents.credentials.jwk import jwk
from tests.factories.register import bare_certificate

CURVE = ec.derive_private_key(2027, ec.SECP256R1()).public_key()
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()


def retire(settings, tmp_path, *keys) -> None:
    for number, key in enumerate(keys):
        path = tmp_path / f"retired-{number}.pem"
        path.write_bytes(
            key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
        settings.RETIRED_PROOF_KEYS = [*settings.RETIRED_PROOF_KEYS, str(path)]


def test_the_keys_are_public_cacheable_and_open_to_other_sites(client):
    response = client.get("/.well-known/jwks.json")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/jwk-set+json"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response


def test_the_keys_are_those_of_today_then_the_retired_ones_and_never_private(client, settings, tmp_path):
    retire(settings, tmp_path, CURVE, RSA)

    keys = client.get(reverse("certificates:jwks")).json()["keys"]

    assert [key["alg"] for key in keys] == ["ES256", "RS256", "ES256", "RS256"]
    assert keys[2:] == [jwk(CURVE), jwk(RSA)]
    assert len({key["kid"] for key in keys}) == 4
    assert not {"d", "p", "q"} & {member for key in keys for member in key}


def test_a_key_listed_twice_is_published_once(client, settings, tmp_path):
    retire(settings, tmp_path, CURVE, CURVE)

    assert len(client.get(reverse("certificates:jwks")).json()["keys"]) == 3


def test_the_thumbprint_is_that_of_the_standard():
    """RFC 7638, section 3.1: its own example."""
    n = int.from_bytes(
        base64.urlsafe_b64decode(
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3ok"
            "njhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu"
            "6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8a"
            "wapJzKnqDKgw=="
        )
    )

    assert jwk(rsa.RSAPublicNumbers(65537, n).public_key())["kid"] == "NzbLsXh8"


def test_an_unknown_key_name_is_not_found(client):
    assert client.get(reverse("certificates:jwk", args=["inconnue"])).status_code == 404


def test_the_file_to_keep_holds_all_that_it_needs_and_asks_for_nothing(client):
    response = client.get(reverse("certificates:offline_download"))
    text = response.content.decode()

    assert response["Content-Disposition"] == 'attachment; filename="verifier-sans-reseau.html"'
    assert not re.search(r'(?:src|href)="(?!http://localhost:8000/verifier/)', text.split("<script type")[0])
    assert client.get(reverse("certificates:jwks")).json()["keys"][0]["x"] in text
    rules = re.search(r'Content-Security-Policy"\s+content="([^"]+)"', text)[1].replace("&#x27;", "'")
    assert rules.startswith("default-src 'none'")
    for element in ('script type="module"', "style"):
        source = text.split(f"<{element}>")[1].split(f"</{element.split()[0]}>")[0]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in rules


def test_the_page_warns_about_a_demonstration_key_and_only_then(client, settings, tmp_path):
    assert "Clé de démonstration" in client.get(reverse("certificates:offline")).content.decode()

    path = tmp_path / "proof.pem"
    path.write_bytes(
        ec.derive_private_key(5, ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    settings.PROOF_KEY = str(path)
    assert "Clé de démonstration" not in client.get(reverse("certificates:offline")).content.decode()


def test_the_text_of_a_square_typed_in_the_ordinary_field_leads_to_its_page(client):
    address = f"http://localhost:8000/verifier/8K3MZ0QWT7VX2PAB/#{compact_proof(bare_certificate())}"

    response = client.get(reverse("certificates:verify"), {"code": address})

    assert response["Location"] == reverse("certificates:verify_code", args=["8K3MZ0QWT7VX2PAB"])
