"""Take the pictures of the README on a running demo: `python -m docs.screenshots http://localhost:8000`.

Three files of docs/images/, each under 150 KB: the first screen of the dashboard at 1280 pixels (pilotage.png), the
day's entry of a trainer on a phone of 390 pixels (saisie.png), the first page of the newest certificate
(certificat.png, through pdftoppm). It reads only: the one form that it sends is that of the login.
"""

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import executable

IMAGES = Path(__file__).parent / "images"
PASSWORD = "chantier-ecole"  # noqa: S105 - the published one of the demo accounts
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
MOST_BYTES = 150_000
CERTIFICATE_HEIGHT = 900


def main(site: str) -> None:
    """Take the three pictures; refuse when there is no Chromium or when a picture is too heavy."""
    if executable() is None:
        sys.exit("No Chromium here.")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--lang=fr-FR"]
        )
        certifier = enter(browser, site, "certificateur@cqp.example", DESK)
        certifier.goto(f"{site}/pilotage/")
        keep("pilotage.png", certifier.screenshot())
        keep("certificat.png", first_page(newest_certificate(certifier, site)))
        trainer = enter(browser, site, "encadrant@cqp.example", PHONE)
        trainer.goto(f"{site}/saisie/")
        trainer.locator(".tiles label").first.click()
        trainer.locator("[data-column]").first.click()
        trainer.locator("#vu").evaluate("title => title.scrollIntoView()")
        keep("saisie.png", trainer.screenshot())
        browser.close()


def enter(browser: Browser, site: str, email: str, size: dict) -> Page:
    """A page where this demo account is logged in."""
    page = browser.new_context(viewport=size, locale="fr-FR").new_page()
    page.goto(f"{site}/connexion/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/connexion/" not in url)
    return page


def newest_certificate(page: Page, site: str) -> bytes:
    """The PDF of the first certificate of the list that is issued."""
    page.goto(f"{site}/certificats/")
    page.locator("main tr", has_text="délivré").first.get_by_role("link").click()
    link = page.get_by_role("link", name="Télécharger le certificat").get_attribute("href")
    return page.request.get(f"{site}{link}").body()


def first_page(pdf: bytes) -> bytes:
    """The first page as PNG, drawn by pdftoppm (poppler-utils)."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["pdftoppm", "-png", "-singlefile", "-scale-to", str(CERTIFICATE_HEIGHT), file.name]
        return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603


def keep(name: str, png: bytes) -> None:
    """Write the picture with a palette of 128 colours."""
    path = IMAGES / name
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        sys.exit(f"{path} is {path.stat().st_size} bytes; {MOST_BYTES} at most.")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")
