"""The draft of the convention of an immersion (article D5135-2 of the Code du travail), to be signed by hand.

Our own layout: the official form is a Cerfa, fixed by order of the minister, and prevails.
"""

from django.template.loader import render_to_string

from core.formats import daterange, hours, shortdate, siret
from core.pdf import render_pdf
from structures.models import Structure
from trainees.enums import Sex
from trainees.models import Immersion
from trainees.rules.immersions import week_in_words

Part = dict[str, object]


def render_convention(immersion: Immersion) -> bytes:
    """On A4, tagged; what we do not know is left blank, to be written by hand. Same row, same bytes."""
    return render_pdf(render_to_string("trainees/immersions/convention.html", convention_context(immersion)))


def convention_context(immersion: Immersion) -> dict:
    """The six kinds of indications of the article, in its order; an empty value is a blank line."""
    enrollment = immersion.enrollment
    return {
        "immersion": immersion,
        "trainee": enrollment.trainee,
        "structure": enrollment.structure,
        "parts": [
            _prescriber(enrollment.structure),
            _beneficiary(immersion),
            _host(immersion),
            _support(immersion),
            _period(immersion),
            _work(immersion),
        ],
        "week": week_in_words(immersion.schedule),
        "signatories": [
            {"quality": "Le bénéficiaire", "name": str(enrollment.trainee)},
            {"quality": "L’employeur, qui prescrit et accompagne", "name": enrollment.structure.name},
            {"quality": "La structure d’accueil", "name": immersion.host_name},
            {"quality": "L’autre prescripteur, s’il y en a un", "name": ""},
        ],
    }


def _prescriber(structure: Structure) -> Part:
    return {
        "title": "L’organisme prescripteur",
        "lines": [
            ("Dénomination", structure.name),
            ("Forme juridique", ""),
            ("SIRET", siret(structure.siret)),
            ("Adresse", address_of(structure)),
        ],
    }


def _beneficiary(immersion: Immersion) -> Part:
    enrollment = immersion.enrollment
    contract = daterange(enrollment.contract_start, enrollment.contract_end)
    born = "Née le" if enrollment.trainee.sex == Sex.FEMALE else "Né le"
    return {
        "title": "Le bénéficiaire",
        "lines": [
            ("Nom et prénoms", f"{enrollment.trainee.birth_name} {enrollment.trainee.first_names}"),
            ("Nom d’usage", enrollment.trainee.usage_name or "–"),
            (born, shortdate(enrollment.trainee.birth_date)),
            ("Adresse", ""),
            ("Situation", f"En contrat à durée déterminée d’insertion, {contract}"),
            ("Employeur", f"{enrollment.structure.name}, {address_of(enrollment.structure)}"),
            ("Revenu de solidarité active", "oui / non (rayer la mention inutile)"),
        ],
    }


def _host(immersion: Immersion) -> Part:
    return {
        "title": "La structure d’accueil",
        "lines": [
            ("Dénomination", immersion.host_name),
            ("SIRET", siret(immersion.host_siret)),
            ("Forme juridique, adresse", ""),
            ("Activité principale", ""),
            ("Convention collective", ""),
            ("Accueil et suivi, consignes d’hygiène et de sécurité", immersion.tutor_name),
            ("Sa fonction", immersion.tutor_role),
        ],
    }


def _support(immersion: Immersion) -> Part:
    enrollment = immersion.enrollment
    return {
        "title": "La structure d’accompagnement",
        "lines": [
            ("Dénomination", f"{enrollment.structure.name}, {address_of(enrollment.structure)}"),
            ("Conseiller référent", str(enrollment.referent)),
            ("Sa fonction", ""),
        ],
    }


def _period(immersion: Immersion) -> Part:
    lines = [
        ("Dates", daterange(immersion.starts_on, immersion.ends_on)),
        ("Heures de présence", hours(immersion.planned_minutes)),
        ("Lieu", immersion.place),
        ("Objet", immersion.get_purpose_display()),
        ("Objectifs", immersion.objectives),
        (
            "Comment ils seront évalués",
            "Avis écrit de la personne qui accueille, puis bilan avec le conseiller référent",
        ),
    ]
    if immersion.renewal_reason:
        lines.append(("Ce qui reste à atteindre", immersion.renewal_reason))
    return {"title": "La période", "lines": lines}


def _work(immersion: Immersion) -> Part:
    lines = [("Activités confiées", immersion.tasks)]
    if not immersion.schedule:
        lines.append(("Horaires de présence", ""))
    return {"title": "Les activités et les horaires", "lines": lines}


def address_of(structure: Structure) -> str:
    place = f"{structure.postcode} {structure.city}"
    return f"{structure.address}, {place}" if structure.address else place
