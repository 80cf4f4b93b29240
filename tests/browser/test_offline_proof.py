"""A certificate's QR code checked in the browser, the network cut: the page, then the file kept on a USB stick."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from joserfc.util import json_b64encode, urlsafe_b64decode, urlsafe_b64encode

from certificates.documents.credentials.compact_proof import compact_proof, proven_claims
from certificates.documents.credentials.jwk import jwk
from certificates.documents.credentials.keys import proof_key
from certificates.documents.credentials.signing import sign
from certificates.documents.rendering.qr_code import address_of
from tests.browser.looking import inaccessible, noted, too_wide
from tests.factories.register import bare_certificate

OTHER = ec.derive_private_key(2027, ec.SECP256R1())
CERTIFICATE = bare_certificate()
ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def site(live_server, settings):
    settings.SITE_URL = live_server.url
    return live_server


@pytest.fixture
def kept_file(site, client, tmp_path):
    path = tmp_path / "verifier-sans-reseau.html"
    path.write_bytes(client.get(reverse("certificates:offline_download")).content)
    return path.as_uri()


@pytest.fixture(params=["page", "file"])
def checker(request, site, phone):
    """The check, open on a phone whose network was cut once it was there."""
    page = phone.new_page()
    # Chromium asks for the icon of the tab once the page has loaded, so perhaps after the network was cut.
    page.route("**/mark.svg", lambda route: route.fulfill(content_type="image/svg+xml", body=ICON))
    with noted(page) as faults:
        if request.param == "page":
            page.goto(site.url + reverse("certificates:offline"))
        else:
            page.goto(request.getfixturevalue("kept_file"))
        phone.set_offline(True)
        yield page
        assert faults == []


def answer_to(page, text: str) -> str:
    page.get_by_label("Ce que dit le carré").fill(text)
    page.get_by_role("button", name="Contrôler").click()
    page.locator("#proof-result .verification-result").wait_for()
    return page.locator("#proof-result").inner_text()


def forged(key: ec.EllipticCurvePrivateKey, *, kid: str) -> str:
    return sign({"alg": "ES256", "kid": kid}, proven_claims(CERTIFICATE), key)


def with_another_name(proof: str) -> str:
    header, payload, signature = proof.encode().split(b".")
    facts = json.loads(urlsafe_b64decode(payload)) | {"name": "Jean FAUSSAIRE"}
    return b".".join([header, urlsafe_b64encode(json.dumps(facts).encode()), signature]).decode()


def test_a_genuine_square_says_its_facts_without_any_network(checker, site):
    told = answer_to(checker, address_of(CERTIFICATE))

    assert "Signé par le certificateur" in told
    for fact in ("Samira BENALI", "Salarié polyvalent", "23 novembre 2026", "CQP-2026-000001"):
        assert fact in told
    assert "ne sert plus" not in told
    link = checker.get_by_role("link", name="vérifiez-le en ligne")
    assert link.get_attribute("href") == f"{site.url}/verifier/{CERTIFICATE.code}/"


def test_each_forgery_has_its_sentence(checker):
    proof, kid = compact_proof(CERTIFICATE), jwk(proof_key().public_key())["kid"]

    assert "Altéré ou contrefait" in answer_to(checker, with_another_name(proof))
    assert "Altéré ou contrefait" in answer_to(checker, proof[:-2] + ("AA" if proof[-2:] != "AA" else "BA"))
    assert "Altéré ou contrefait" in answer_to(checker, proof[:100] + "~" + proof[101:])
    assert "Altéré ou contrefait" in answer_to(checker, forged(OTHER, kid=kid))
    assert "Clé inconnue" in answer_to(checker, forged(OTHER, kid="inconnue"))
    header = json_b64encode({"alg": "none", "kid": kid}).decode()
    unsigned = f"{header}.{proof.partition('.')[2]}"
    assert "Ce n’est pas le texte d’un carré" in answer_to(checker, unsigned)
    statement = sign(
        {"alg": "ES256", "kid": kid, "typ": "cqp-constat+jwt"}, proven_claims(CERTIFICATE), proof_key()
    )
    assert "Ce n’est pas le texte d’un carré" in answer_to(checker, statement), (
        "signed, and not as a certificate"
    )


def test_what_is_no_proof_is_told_apart(checker):
    address = address_of(CERTIFICATE)

    assert "Pas de signature" in answer_to(checker, address.partition("#")[0])
    assert "Ce n’est pas le texte" in answer_to(checker, "bonjour")
    assert "Ce n’est pas le texte" in answer_to(checker, "")
    assert "Signé par" in answer_to(checker, f"  {address[:70]}\n{address[70:]} "), "cut in lines by a mail"


def test_an_example_is_worth_nothing(checker):
    told = answer_to(checker, address_of(bare_certificate(is_demo=True)))

    assert "Exemple sans valeur" in told
    assert "Signé par" not in told


def test_a_retired_key_still_checks_and_says_so(phone, site, settings, tmp_path):
    path = tmp_path / "retired.pem"
    path.write_bytes(
        OTHER.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    settings.RETIRED_PROOF_KEYS = [str(path)]
    page = phone.new_page()
    page.goto(site.url + reverse("certificates:offline"))
    phone.set_offline(True)

    told = answer_to(page, forged(OTHER, kid=jwk(OTHER.public_key())["kid"]))

    assert "Signé par le certificateur" in told
    assert "La clé qui a signé ne sert plus" in told


def test_the_fragment_of_the_address_is_checked_at_once_and_never_sent(phone, site):
    page, asked = phone.new_page(), []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{site.url}{reverse('certificates:offline')}#{compact_proof(CERTIFICATE)}")

    page.get_by_text("Signé par le certificateur").wait_for()
    assert not [url for url in asked if compact_proof(CERTIFICATE)[:30] in url.partition("#")[0]]


def test_the_keyboard_is_enough_and_the_answer_is_said(checker):
    checker.get_by_label("Ce que dit le carré").focus()
    checker.keyboard.insert_text(address_of(CERTIFICATE))
    while "Contrôler" not in checker.evaluate("document.activeElement.textContent"):
        checker.keyboard.press("Tab")
    checker.keyboard.press("Enter")

    checker.locator("#proof-result .verification-result-ok").wait_for()
    assert checker.locator("#proof-result").get_attribute("role") == "status"


def test_every_answer_is_accessible_and_no_wider_than_the_phone(checker):
    checker.evaluate(Axe().axe_script)
    proof = compact_proof(CERTIFICATE)
    texts = [
        proof,
        with_another_name(proof),
        forged(OTHER, kid="x"),
        "bonjour",
        compact_proof(bare_certificate(is_demo=True)),
    ]

    for text in texts:
        answer_to(checker, text)
        assert [*too_wide(checker), *inaccessible(checker)] == []


def test_without_javascript_the_page_says_where_to_go(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + reverse("certificates:offline"))

    assert page.get_by_text("JavaScript, qui est arrêté ici").is_visible()
    assert page.get_by_role("link", name="vérifiez en ligne avec le code").is_visible()
    assert not page.get_by_role("button", name="Contrôler").is_visible()
    context.close()


def test_the_file_may_ask_nothing_of_any_network(phone, kept_file, site):
    page, asked = phone.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(kept_file)

    assert asked == [kept_file]
    assert page.evaluate(f"fetch('{site.url}').then(() => 'sent', () => 'refused')") == "refused"


def test_the_ordinary_page_opens_from_the_square_as_before(phone, site, db):
    page = phone.new_page()

    answer = page.goto(address_of(CERTIFICATE))

    assert answer.status == 404, "this row is in no register"
    assert "#" not in answer.request.url.partition("/verifier/")[2].split("#")[0]
    assert page.url.endswith(compact_proof(CERTIFICATE))
