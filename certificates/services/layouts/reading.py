"""The versions as they stand, the built-in one included."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from certificates.documents.certificate import first_layout
from certificates.enums import LayoutState
from certificates.models import Certificate, CertificateLayout, CertificateTerms


@dataclass(frozen=True)
class Shelf:
    """Every version, newest first, with how many certificates bear each and which one the settings name."""

    layouts: list[CertificateLayout]
    certificates: Mapping[str, int]
    in_force: str


def read_shelf() -> Shelf:
    counts = Certificate.objects.order_by().values_list("layout_version").annotate(Count("pk"))
    rules = CertificateTerms.in_force()
    return Shelf(
        layouts=[*CertificateLayout.objects.select_related("published_by"), first_layout()],
        certificates=dict(counts),
        in_force=rules.layout_version if rules else "",
    )


def known_layout(version: str) -> CertificateLayout | None:
    """A version, draft or published, built in or not."""
    first = first_layout()
    if version == first.version:
        return first
    return CertificateLayout.objects.select_related("published_by").filter(version=version).first()


def published_versions() -> list[str]:
    """What the settings may name, newest first."""
    rows = CertificateLayout.objects.filter(state=LayoutState.PUBLISHED).order_by("-published_at")
    return [*rows.values_list("version", flat=True), first_layout().version]
