"""The verification in a real browser: a file chosen or dropped, its verdict, its paper, and nothing kept."""

import base64
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from certificates.documents.rendering.render import render_document
from certificates.models import Certificate
from certificates.services.register.lines import replace_certificate, revoke_certificate
from tests.browser.looking import SCREENSHOTS, at_each_width
from tests.certificates.verification.delivered_files import delivered, signed
from tests.factories.register import certificate_of

DROP = """([zone, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "certificat.pdf", { type: "application/pdf" }));
  zone.dispatchEvent(new DragEvent("dragover", { dataTransfer: carried, bubbles: true, cancelable: true }));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def issued(transactional_db) -> tuple[Certificate, bytes]:
    certificate = certificate_of(first_names="Samira Inès", birth_name="BENALI")
    content = signed(certificate)
    return delivered(content, certificate), content


@pytest.fixture
def page(desk, live_server):
    opened = desk.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
    opened.goto(live_server.url + reverse("certificates:verify"))
    yield opened
    assert not faults


def choose(page: Page, content: bytes, name: str = "certificat.pdf") -> None:
    """Pick a file: it goes at once."""
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("Fichier PDF du certificat").set_input_files(file)


def seen(page: Page, name: str) -> None:
    """Nothing wider than the screen, nothing that axe finds, and a picture if asked for."""
    assert at_each_width(page, f"verify-{name}") == []


def test_a_file_that_is_chosen_gets_its_verdict_and_is_not_kept(page, issued):
    certificate, content = issued
    before = set(settings.VAR_DIR.rglob("*"))

    choose(page, content)

    expect(page.locator(".verification-result")).to_have_text(re.compile("Authentique et valide"))
    expect(page.locator("#result")).to_contain_text(certificate.number)
    assert set(settings.VAR_DIR.rglob("*")) == before
    seen(page, "valid")


def test_a_file_that_is_dropped_gets_its_verdict_too(page, issued):
    _, content = issued

    zone = page.locator("[data-drop]").element_handle()
    page.evaluate(DROP, [zone, base64.b64encode(content).decode()])

    expect(page.locator(".verification-result")).to_have_text(re.compile("Authentique et valide"))


def test_a_forged_copy_says_what_it_should_say(page, issued):
    certificate, _ = issued
    copy = Certificate.objects.get(pk=certificate.pk)
    copy.birth_name, copy.domains = "MARTIN", ["Tout"]

    choose(page, render_document(copy))

    expect(page.locator(".verification-result")).to_have_text(re.compile("Copie altérée"))
    expect(page.locator(".differences")).to_contain_text(
        "Le fichier dit\u00a0: MARTIN. Il doit dire\u00a0: BENALI."
    )
    assert page.evaluate("window.scrollY") == 0
    seen(page, "altered")


def test_a_picture_named_pdf_gets_a_sentence(page, db):
    choose(page, PNG)

    expect(page.locator(".verification-result")).to_have_text(re.compile("Fichier illisible"))
    seen(page, "unreadable")


def test_a_file_too_heavy_is_refused_before_it_leaves(page, db):
    choose(page, b"%PDF-1.7\n" + b"0" * 5 * 1024 * 1024)

    expect(page.locator("[data-drop-word]")).to_contain_text("plus de 5")
    assert page.url.endswith("/verifier/")
    seen(page, "heavy")


def test_the_code_alone_is_enough_with_the_keyboard(page, issued):
    certificate, _ = issued

    page.keyboard.type(certificate.code.lower())
    page.keyboard.press("Enter")

    expect(page.locator(".verification-result")).to_have_text(re.compile("Authentique et valide"))


def test_each_state_has_its_page(page, issued, certifier, live_server):
    certificate, _ = issued
    new = replace_certificate(
        certificate=certificate, changes={"first_names": "Samira"}, reason="Un prénom de trop", by=certifier
    )
    revoke_certificate(certificate=new, reason="Fraude", by=certifier)

    for name, argument, word in (
        ("verify_code", certificate.code, "Remplacé par"),
        ("verify_code", new.code, "Révoqué le"),
        ("verify_code", "0123456789ABCDEF", "Inconnu"),
        ("statement", "a.b.c", "Ce constat n’est pas de nous"),
    ):
        page.goto(live_server.url + reverse(f"certificates:{name}", args=[argument]))
        expect(page.locator(".verification-result")).to_have_text(re.compile(word))
        seen(page, word.split()[0].lower())


def test_the_paper_carries_a_seal_that_leads_back_to_the_statement(page, issued, live_server):
    certificate, _ = issued
    page.goto(live_server.url + reverse("certificates:verify_code", args=[certificate.code]))
    page.emulate_media(media="print")

    expect(page.locator(".statement-qr-code")).to_be_visible()
    address = page.locator(".statement-address").inner_text()
    if SCREENSHOTS:
        page.pdf(path=Path(SCREENSHOTS) / "verify-paper.pdf", format="A4", print_background=True)

    page.emulate_media(media="screen")
    page.goto(live_server.url + reverse("certificates:verify") + address.partition("/verifier/")[2])
    expect(page.locator("#result")).to_contain_text("Ce constat vient bien de ce site")
    seen(page, "statement")


def test_without_javascript_the_form_sends_the_file(chromium, issued, live_server):
    _, content = issued
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(live_server.url + reverse("certificates:verify"))

    choose(page, content)
    page.get_by_role("button", name="Vérifier ce fichier").click()

    expect(page.locator(".verification-result")).to_have_text(re.compile("Authentique et valide"))
    context.close()
