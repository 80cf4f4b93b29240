"""The versions of the layout, the built-in one included."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from certificates.documents.layouts import first_layout
from certificates.enums import LayoutState
from certificates.models import Certificate, CertificateLayout, CertificateTerms


@dataclass(frozen=True)
class LayoutVersion:
    """A version, how many certificates bear it, and whether the terms in force name it."""

    layout: CertificateLayout
    certificates: int
    in_force: bool


def all_layouts() -> list[CertificateLayout]:
    """Newest first; the built-in one, which no row holds, comes last."""
    return [*CertificateLayout.objects.select_related("published_by"), first_layout()]


def describe_versions(layouts: Iterable[CertificateLayout]) -> list[LayoutVersion]:
    counts = dict(Certificate.objects.order_by().values_list("layout_version").annotate(Count("pk")))
    terms = CertificateTerms.in_force()
    return [
        LayoutVersion(
            layout,
            certificates=counts.get(layout.version, 0),
            in_force=terms is not None and layout.version == terms.layout_version,
        )
        for layout in layouts
    ]


def find_layout(version: str) -> CertificateLayout | None:
    """A version, draft or published, built in or not."""
    first = first_layout()
    if version == first.version:
        return first
    return CertificateLayout.objects.select_related("published_by").filter(version=version).first()


def published_versions() -> list[str]:
    """What the settings may name, newest first."""
    rows = CertificateLayout.objects.filter(state=LayoutState.PUBLISHED).order_by("-published_at")
    return [*rows.values_list("version", flat=True), first_layout().version]
