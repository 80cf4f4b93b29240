"""Certificates of invented people, to preview a layout: a usual one, and one where every text is long."""

from datetime import date

from django.conf import settings
from django.db.models import TextChoices

from certificates.models import Certificate, CertificateLayout, CertificateTerms
from certificates.models.register import CODE_LENGTH
from core import clock
from evaluations.enums import FrameworkState
from evaluations.models import Framework


class Example(TextChoices):
    """Which certificate shows a layout."""

    USUAL = "courant", "un certificat courant"
    CROWDED = "charge", "le plus chargé"


TITLE = "Certificat de qualification professionnelle «\u00a0Salarié polyvalent\u00a0»"
DOMAINS = ("Comportements", "Communiquer à l’oral", "Santé et sécurité au travail", "Tâches du métier")

USUAL = {
    "first_names": "Camille",
    "birth_name": "EXEMPLE",
    "birth_place": "Sète",
    "support_name": "Espaces verts",
    "rome_codes": "A1203",
    "structure_name": "Les Jardins d’Exemple",
    "jury_place": "Sète",
}
CROWDED = {
    "first_names": "Marie-Antoinette Joséphine Caroline",
    "birth_name": "DE LA TOUR D’AUVERGNE-LAURAGUAIS",
    "birth_place": "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
    "support_name": "Entretien des espaces naturels et du patrimoine bâti",
    "rome_codes": "A1203, F1702, F1703",
    "structure_name": "Association intermédiaire des Ateliers et Chantiers d’insertion du Grand Large",
    "jury_place": "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
}
LONG_DAY = date(2026, 9, 30)
"""A Wednesday of September: no day is longer to write."""


def sample_certificate(layout: CertificateLayout, example: str = Example.USUAL) -> Certificate:
    """An unsaved certificate with the title, domains and signatory in force. No certificate has its code."""
    framework = Framework.objects.filter(state=FrameworkState.PUBLISHED).prefetch_related("domains").first()
    rules = CertificateTerms.in_force()
    crowded = example == Example.CROWDED
    domains = sorted(framework.domains.all(), key=lambda domain: domain.number) if framework else []
    day = LONG_DAY if crowded else clock.today()
    return Certificate(
        number=f"CQP-{day.year}-000000",
        code="0" * CODE_LENGTH,
        sex="F",
        birth_date=date(1990, 9, 30),
        birth_country="France",
        title=framework.certificate_title if framework else TITLE,
        domains=[domain.name for domain in domains] or list(DOMAINS),
        framework_version=framework.version if framework else "2026-1",
        certification_type=rules.certification_type if rules else "",
        certification_code=rules.certification_code if rules else "",
        jury_date=day,
        delivered_on=day,
        certifier_name=settings.CERTIFIER_NAME,
        signatories=[
            {
                "name": "Marie-Christine Lefebvre-Dubois" if crowded else "Nadia Exemple",
                "quality": "présidence du jury",
            },
            {
                "name": rules.signatory_name if rules else "Dominique Exemple",
                "quality": rules.signatory_quality if rules else "Déléguée nationale",
            },
        ],
        layout_version=layout.version,
        is_demo=settings.DEMO,
        **(CROWDED if crowded else USUAL),
    )
