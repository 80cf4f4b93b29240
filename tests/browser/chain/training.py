"""Two hundred hours, the evaluations, the sheets, the sealed dossier."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from core import clock
from tests.browser.chain.opening import start
from tests.browser.walker import Walker


def train(director: Walker, trainer: Walker, paths: list[str]) -> None:
    """200 hours: 100 in production, 65 in a classroom, 35 in immersion."""
    for path in paths:
        director.go(path + "plan/")
        director.fill(production_minutes="100", classroom_minutes="65", immersion_minutes="35")
        director.must_press("Établir")
        director.go(path + "immersions/ajouter/")
        director.fill(
            host_name="Paysages du Littoral",
            tutor_name="Camille Tutrice",
            purpose="discover",
            objectives="Découvrir une entreprise.",
            starts_on=(clock.today() - timedelta(days=60)).isoformat(),
            ends_on=(clock.today() - timedelta(days=50)).isoformat(),
            planned_minutes="35",
        )
        director.must_press("Prévoir")
        director.go(path + "heures/")
        director.follow("Confirmer")
        director.fill(done_minutes="35")
        director.must_press("Confirmer")
    for n in range(17):
        trainer.go("/seances/nouvelle/")
        trainer.fill(
            held_on=(start() + timedelta(days=2 * n + 1)).isoformat(),
            starts_at="07:00",
            ends_at="17:00" if n < 16 else "12:00",
            place="production" if n < 10 else "classroom",
            kind="group",
            module="M4" if n < 10 else "M1",
            theme="Tailler la haie du stade",
            trainer="Karim Benali",
        )
        trainer.must_press("Enregistrer la séance")


def evaluate(trainer: Walker, paths: list[str]) -> None:
    """Domain after domain, the whole crew at once: three touches of « Tous » make a first level 3."""
    page = trainer.page
    for number in range(1, 10):
        trainer.go("/saisie/")
        page.locator("summary", has_text="Choisir les compétences").click()
        page.locator("summary", has_text=f"{number}. ").click()
        page.get_by_role("button", name="Ajouter tout le domaine").locator("visible=true").click()
        page.get_by_label("Situation").fill("Au stade, sur la haie")
        for column in page.locator("[data-column]").all():
            column.click(click_count=3, delay=30)
        cells, marked = page.locator(".cell"), page.locator(".cell[aria-label*='niveau 3']")
        expect(marked).to_have_count(cells.count())
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.locator(".save-notice")).to_contain_text("reçue", timeout=20_000)


def tell_experiences(trainer: Walker, path: str) -> None:
    for n in range(3):
        trainer.go(path + "fiches/nouvelle/")
        trainer.fill(
            title=f"La haie du stade, {n + 1}",
            done_on=(clock.today() - timedelta(days=9)).isoformat(),
            where="Au stade",
            what="J’ai taillé la haie avec l’équipe.",
            learnt="À tenir le taille-haie.",
        )
        trainer.page.locator("details.more summary").first.click()
        trainer.page.locator('select[name^="niveau-"]').first.select_option("3")
        trainer.must_press("Enregistrer la fiche")
        trainer.confirm("Proposer à l’équipe")
        trainer.confirm("Valider la fiche")
        trainer.reads("alidée")


def sign_and_seal(director: Walker, trainer: Walker, path: str) -> None:
    for person in (trainer, trainer, director):
        person.go(path + "dossier/")
        form = person.page.locator("main form", has=person.page.locator('[name="signatory"]')).first
        name = re.search(r"« (.+?) »", form.inner_text().replace("\u00a0", " "))[1]
        form.locator('[name="signatory"]').fill(name)
        with person.page.expect_navigation():
            form.get_by_role("button", name="Signer").click()
    director.go(path + "dossier/")
    director.confirm("Sceller le dossier")
    director.reads("Présentation 1")
