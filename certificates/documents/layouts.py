"""The layouts of certificates: templates, which are code, and versions that fill them, which are rows."""

from dataclasses import dataclass

from certificates.enums import LayoutState
from certificates.models import CertificateLayout
from core.errors import Postponed


@dataclass(frozen=True)
class Base:
    """A template and its style sheet. One that printed a certificate never changes: copy it under a new name."""

    template: str
    stylesheet: str


LAYOUTS = {
    "2026-1": Base(
        "certificates/rendering/certificate_sheet.html", "certificates/rendering/certificate_sheet.css"
    )
}
"""The templates that a version may name as its base."""

FIRST_VERSION = "2026-1"


class LayoutMissing(Postponed):
    """No published layout has the version that a certificate was entered under."""


def first_layout() -> CertificateLayout:
    """The version that ships, which no row holds."""
    return CertificateLayout(
        version=FIRST_VERSION,
        base="2026-1",
        intro="Sur décision du jury réuni à {lieu} le {date}, ce certificat est délivré à",
        domains_heading="Domaines de compétences validés",
        state=LayoutState.PUBLISHED,
    )


def layout_of(version: str) -> CertificateLayout:
    """The published layout of a version; raises `LayoutMissing`."""
    if version == FIRST_VERSION:
        return first_layout()
    layout = CertificateLayout.objects.filter(version=version, state=LayoutState.PUBLISHED).first()
    if layout is None:
        raise LayoutMissing(f"La maquette de certificat « {version} » n’existe pas ou n’est pas publiée.")
    return layout
