"""What holds in its place on a certificate: our measure against the boxes that WeasyPrint lays out."""

from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from certificates.documents.layouts import first_layout
from certificates.documents.rendering.text_fitting import (
    QUALITY,
    SIGNED,
    SPACIOUS,
    TIGHT,
    density_of,
    fitting_faults,
    signatory_faults,
)
from certificates.models import CertificateLayout
from tests.certificates.rendering.layout_boxes import Box, laid_out
from tests.factories.register import bare_certificate

EXAMPLE_DOMAINS = [
    "Comportements nécessaires à la réussite du parcours",
    "Comprendre et communiquer à l’oral",
    "Lire, comprendre et communiquer à l’écrit",
    "Appréhender l’espace et le temps",
    "Utiliser les mathématiques en situation professionnelle",
    "Techniques de l’information et de la communication",
    "Santé et sécurité au travail",
    "Capacités professionnelles de base",
    "Tâches professionnelles d’un métier",
]
LONG_NAME = {
    "first_names": "Marie-Antoinette Joséphine Caroline",
    "birth_name": "DE LA TOUR D’AUVERGNE-LAURAGUAIS",
}
LONG_PLACE = {
    "birth_place": "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
    "structure_name": "Association intermédiaire des Ateliers et Chantiers d’insertion du Grand Large et des Rives",
    "support_name": "Entretien des espaces naturels et valorisation du patrimoine bâti",
    "rome_codes": "A1203, F1702, F1703",
}

words = st.lists(
    st.sampled_from(["de", "l’Étang", "Saint-Genest-et-Isson", "W" * 12, "insertion", "Ðặng", "et"]),
    min_size=1,
)
names = st.lists(
    st.sampled_from(["Marie", "MAXIMILIENNE", "Ánh", "Юлия", "ΠΑΠΑΔΟΠΟΎΛΟΥ", "D’Aÿ-Ñuñez", "de"]), min_size=1
)


def covered(boxes: dict[str, list[Box]]) -> list[str]:
    """What stands where it should not: over the QR code, the signatures, the facts, or off the page."""
    lines = [box for name in ("LineBox", "li") for box in boxes[name]]
    foot = [box for name in ("qr", "signed", "facts") for box in boxes[name]]
    above = [box for box in lines if box.top < boxes["ol"][0].top or _in_list(box, boxes)]
    hits = [
        f"{box} covers {other}" for box in above for other in foot if box.meets(other) and box.top < other.top
    ]
    return hits + [f"{box} leaves the page" for box in lines if box.left < 19 or box.right > 278]


def _in_list(box: Box, boxes: dict[str, list[Box]]) -> bool:
    return any(box.meets(item) for item in boxes["li"])


@pytest.mark.parametrize(
    "fields",
    [{}, LONG_NAME, LONG_PLACE, LONG_NAME | LONG_PLACE, LONG_NAME | LONG_PLACE | {"usage_name": "LE"}],
)
def test_real_names_places_and_structures_hold_with_the_nine_domains_of_the_example(fields):
    certificate = bare_certificate(domains=EXAMPLE_DOMAINS, **fields)

    assert fitting_faults(certificate, first_layout()) == []
    assert covered(laid_out(certificate)) == []


def test_a_page_is_set_more_closely_only_where_it_must():
    usual = bare_certificate(domains=EXAMPLE_DOMAINS)
    long = bare_certificate(domains=EXAMPLE_DOMAINS + EXAMPLE_DOMAINS[:3], **LONG_NAME | LONG_PLACE)

    assert density_of(usual, first_layout()) is SPACIOUS
    assert density_of(long, first_layout()) is TIGHT


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first_names": "Maximilienne " * 6 + "Joséphine"}, "les prénoms ne tiennent pas"),
        ({"birth_name": "W" * 60}, "le nom de naissance ne tient pas"),
        ({"usage_name": "W" * 60}, "le nom d’usage ne tient pas"),
        (
            {"title": "Certificat « " + "Salarié polyvalent " * 9 + "»"},
            "L’intitulé du certificat ne tient pas",
        ),
        ({"domains": ["Communiquer " * 14]}, "Le domaine « Communiquer"),
        ({"domains": EXAMPLE_DOMAINS * 3}, "recouvre les signatures ou le code QR"),
        ({"certifier_name": "CHANTIER école " * 8}, "Le nom du certificateur"),
        ({"structure_name": "W" * 120}, "Le nom de la structure de Samira BENALI"),
    ],
)
def test_what_would_run_over_is_told(fields, sentence):
    faults = fitting_faults(bare_certificate(**fields), first_layout())

    assert any(sentence in fault for fault in faults), faults


def test_the_texts_of_a_layout_are_measured_too():
    layout = CertificateLayout(
        base="2026-1", intro="{date} " * 20, domains_heading="W" * 80, closing="MM " * 66
    )

    faults = " ".join(fitting_faults(bare_certificate(), layout))

    for subject in ("La phrase d’introduction", "Le titre des domaines", "La mention en bas de page"):
        assert subject in faults


def test_a_logo_keeps_its_corner():
    layout = first_layout()
    certificate = bare_certificate(
        certifier_name="Réseau national CHANTIER école, association d’utilité sociale et solidaire, à Paris"
    )
    assert fitting_faults(certificate, layout) == []

    layout.logo = "layouts/logo.png"

    assert "Le nom du certificateur" in fitting_faults(certificate, layout)[0]


def test_a_signatory_has_two_lines_for_the_name_and_two_for_the_quality():
    assert signatory_faults("Marie-Christine Lefebvre-Dubois de Saint-André", "Déléguée nationale " * 4) == []
    assert "nom du signataire" in signatory_faults("Marie-Christine " * 7, "Déléguée")[0]
    assert "qualité" in signatory_faults("Ana Lee", "Déléguée nationale " * 8)[0]


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(
    first=names.map(" ".join),
    last=names.map(" ".join),
    place=words.map(" ".join),
    structure=words.map(" ".join),
    domains=st.lists(words.map(" ".join), min_size=1, max_size=12),
    born=st.dates(date(1950, 1, 1), date(2009, 1, 1)),
)
def test_whatever_we_find_faultless_covers_nothing(first, last, place, structure, domains, born):
    certificate = bare_certificate(
        first_names=first[:100],
        birth_name=last[:60],
        birth_place=place[:80],
        birth_date=born,
        structure_name=structure[:120],
        domains=domains,
    )
    if fitting_faults(certificate, first_layout()):
        return

    boxes = laid_out(certificate)

    assert covered(boxes) == []
    assert all(len(_lines_in(boxes, box)) <= SIGNED.most_lines for box in boxes["signed"])
    assert all(len(_lines_in(boxes, box)) <= QUALITY.most_lines for box in boxes["quality"])


def _lines_in(boxes: dict[str, list[Box]], box: Box) -> set[float]:
    return {line.top for line in boxes["LineBox"] if line.meets(box)}
