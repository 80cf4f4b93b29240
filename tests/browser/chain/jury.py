"""The jury, the certificate and the eyes of anybody."""

import re
import subprocess
from io import BytesIO

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from core import clock
from tests.browser.walker import Walker


def examine(certifier: Walker) -> None:
    for _ in range(2):
        certifier.go("/dossiers/")
        address = certifier.page.locator('main a[href^="/dossiers/"]').first.get_attribute("href")
        certifier.go(address)
        certifier.press("Accepter le dossier")


def compose_a_jury(walk, certifier: Walker) -> tuple[Walker, Walker, str]:
    for name, first, last, college in (
        ("president", "Jean-Luc", "Morvan", "employer"),
        ("jure", "Aïcha", "Diallo", "employee"),
    ):
        certifier.go("/jures/nouveau/")
        certifier.fill(
            email=f"{name}@essai.example", first_name=first, last_name=last, college=college,
            organisation="Entreprises d’ailleurs", region="76",
        )  # fmt: skip
        certifier.must_press("Ajouter au vivier")
    certifier.go("/jurys/nouvelle/")
    certifier.fill(held_on=clock.today().isoformat(), venue="Lycée de la Mer", postcode="34200", city="Sète")
    certifier.must_press("Prévoir la session")
    session = certifier.page.url.removeprefix(walk.site.url)
    for name, presides in (("Morvan", True), ("Diallo", False)):
        certifier.go(session)
        certifier.follow("Ajouter un juré")
        certifier.page.get_by_label(re.compile(name)).check()
        if presides:
            certifier.fill(is_president=True)
        certifier.must_press("Donner une place")
    for name, production, interview in (("OKAFOR", "09:00", "14:00"), ("NGUY", "10:45", "15:00")):
        certifier.go(session)
        certifier.follow("Inscrire un candidat")
        certifier.page.get_by_label(re.compile(name)).check()
        certifier.fill(production_at=production, interview_at=interview)
        certifier.must_press("Inscrire ce candidat")
    certifier.go(session)
    certifier.confirm("Convoquer le jury")
    certifier.reads("onvoqué")
    return walk("president", None, "Jean-Luc", "Morvan"), walk("jure", None, "Aïcha", "Diallo"), session


def hold_the_jury(president: Walker, juror: Walker, session: str) -> None:
    president.go(session)
    president.confirm("Ouvrir la session")
    president.go(session + "presences/")
    president.must_press("Enregistrer l’appel")
    for person in (president, juror):
        person.go(session)
        links = person.page.locator('main a[href*="/jurys/candidats/"]').all()
        candidates = {re.match(r"/jurys/candidats/[^/]+/", a.get_attribute("href"))[0] for a in links}
        assert len(candidates) == 2
        for candidate in sorted(candidates):
            for test in ("epreuve", "entretien"):
                person.go(candidate + test + "/")
                for cell in person.page.locator('input[type=radio][name^="mark-"][value="3"]').all():
                    person.tick(cell)
                person.fill(validated="yes")
                person.must_press("Rendre mon appréciation")
    for candidate in sorted(candidates):
        president.go(candidate + "decision/")
        name = president.page.inner_text("h1")
        certified = "Samuel" in name
        domains = [box.get_attribute("value") for box in president.page.locator('[name="acquired"]').all()]
        president.fill(
            outcome="certified" if certified else "partial",
            production_validated=certified,
            interview_validated=True,
            acquired=domains if certified else domains[:4],
            reason="" if certified else "Le geste professionnel n’est pas encore sûr.",
            recommendation="" if certified else "Se représenter dans trois mois.",
        )
        president.must_press("Enregistrer la décision")
    president.go(session + "deliberation/")
    president.confirm("Clore la délibération")
    for person in (juror, president):
        person.go(session + "proces-verbal/")
        person.confirm("Signer le procès-verbal")


def download_the_certificate(director: Walker, certifier: Walker, path: str, session: str) -> str:
    """The worker draws the file; its text and its QR code are read back. The code it carries."""
    certifier.go(session + "certificats/")
    certifier.waits_for("1 certificat prêt sur 1")
    director.go(path)
    director.reads("certifié")
    link = director.page.get_by_role("link", name="Télécharger le certificat").get_attribute("href")
    content = director.context.request.get(director.site + link).body()
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "OKAFOR" in text
    assert f"CQP-{clock.today().year}-000001" in text
    return re.search(r"/verifier/([0-9A-Z]+)/", qr_of(content))[1]


def qr_of(pdf: bytes) -> str:
    page = subprocess.run(
        ["pdftoppm", "-r", "200", "-png", "-singlefile", "-"], input=pdf, capture_output=True, check=True
    )
    return zxingcpp.read_barcodes(Image.open(BytesIO(page.stdout)))[0].text


def verify(walk, code: str) -> None:
    """Anybody, without an account."""
    anybody = Walker(walk.chromium, walk.site.url, "")
    anybody.go("/verifier/")
    anybody.fill(code=" ".join(code[i : i + 4] for i in range(0, 16, 4)).lower())
    anybody.press("Vérifier")
    anybody.reads("OKAFOR")
    anybody.reads(f"CQP-{clock.today().year}-000001")
    anybody.reads("alide")
    anybody.context.close()


def read_the_country(certifier: Walker) -> None:
    certifier.go("/pilotage/")
    figures = certifier.page.locator("dl.stats").inner_text()
    assert re.sub(r"\D+", " ", figures).split() == ["1", "2", "1", "1", "1", "1"]
