"""The certification, a structure and its people come to the site."""

import re
import subprocess
import sys
from datetime import date, timedelta

from django.conf import settings

from core import clock
from tests.browser.walker import Walker
from tests.factories.structures import siret

CSV = (
    "Nom de naissance;Nom d'usage;Prénoms;Sexe;Date de naissance;Commune de naissance;"
    "Code INSEE de naissance;Pays de naissance;Courriel;Téléphone;Début du contrat;Fin du contrat;"
    "Heures hebdo;Support de production;Référent (courriel)\r\n"
    "NGUYỄN;;Thị Hằng;F;05/01/1985;Huế;99243;Viêt Nam;;;{start:%d/%m/%Y};{end:%d/%m/%Y};26;Espaces verts;"
    "encadrant@essai.example\r\n"
)


def start() -> date:
    return clock.today() - timedelta(days=120)


def open_the_certification(walk) -> Walker:
    """The first account comes from the command of a new site; the rest from the pages."""
    printed = subprocess.run(
        [sys.executable, "manage.py", "create_certifier", "certificateur@essai.example"],
        cwd=settings.BASE_DIR,
        env=walk.site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    link = re.search(r"http://\S+", printed.stdout)[0]
    certifier = walk("certificateur", link, "Maud", "Certin")
    certifier.go("/referentiels/nouvelle-version/")
    certifier.fill(version="essai-1")
    certifier.must_press("Créer le brouillon")
    certifier.follow("Publier")
    certifier.must_press("Publier la version")
    certifier.reads("Exemple")
    certifier.go("/jurys/reglages/")
    certifier.fill(
        source="Exemple", signatory_name="Dominique Lenoir", signatory_quality="Délégation nationale"
    )
    certifier.must_press("Adopter")
    return certifier


def open_the_structure(walk, certifier: Walker) -> tuple[Walker, Walker]:
    certifier.go("/structures/nouvelle/")
    certifier.fill(name="Les Jardins du Lez", siret=siret(4000), postcode="34200", city="Sète")
    certifier.page.get_by_label("Espaces verts").check()
    certifier.must_press("Inscrire la structure")
    certifier.follow("Agréer la structure")
    certifier.fill(starts_on=start().isoformat(), ends_on=(clock.today() + timedelta(days=700)).isoformat())
    certifier.must_press("Agréer")
    structure = certifier.page.url
    for name, first, last, role in (
        ("directrice", "Hélène", "Vasseur", "director"),
        ("encadrant", "Karim", "Benali", "trainer"),
    ):
        certifier.go(structure + "equipe/ajouter/")
        certifier.fill(first_name=first, last_name=last, email=f"{name}@essai.example", role=role)
        certifier.fill(starts_on=start().isoformat())
        certifier.must_press("Ajouter à l’équipe")
    return walk("directrice", None, "Hélène", "Vasseur"), walk("encadrant", None, "Karim", "Benali")


def enrol_two_people(director: Walker) -> list[str]:
    """One by the form, one by the file; the addresses of their pages."""
    director.go("/salaries/inscrire/")
    director.fill(
        birth_name="OKAFOR",
        first_names="Samuel",
        sex="M",
        birth_date="1990-05-17",
        birth_place="Sète",
        birth_insee="34301",
        contract_start=start().isoformat(),
        contract_end=(clock.today() + timedelta(days=200)).isoformat(),
        weekly_hours="26",
        support="Espaces verts",
        referent="Karim Benali",
    )
    director.must_press("Inscrire cette personne")
    text = CSV.format(start=start(), end=clock.today() + timedelta(days=200))
    director.go("/salaries/importer/")
    director.page.set_input_files(
        "input[type=file]",
        {"name": "promotion.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")},
    )
    director.must_press("Lire le fichier")
    director.must_press("Inscrire")
    director.go("/salaries/")
    pages = []
    for name in ("Samuel", "Thị Hằng"):
        link = director.page.locator("main a", has_text=name).first.get_attribute("href")
        pages.append(link)
    return pages
