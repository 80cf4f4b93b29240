"""The register as a table for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils import timezone

from certificates.models import Certificate

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "Numéro",
    "État",
    "Nom de naissance",
    "Nom d’usage",
    "Prénoms",
    "Sexe",
    "Date de naissance",
    "Commune de naissance",
    "Pays de naissance",
    "Intitulé",
    "Support de production",
    "ROME",
    "Structure",
    "Jury",
    "Lieu du jury",
    "Délivré le",
    "Code",
    "Révoqué le",
    "Motif",
    "Remplacé par",
)


def register_lines(certificates: Iterable[Certificate]) -> Iterator[str]:
    """The register in CSV: semicolons, UTF-8 with a mark, ISO dates; no cell is taken for a formula."""
    yield BOM + _line(COLUMNS)
    for certificate in certificates:
        yield _line(
            (
                certificate.number,
                certificate.get_state_display(),
                certificate.birth_name,
                certificate.usage_name,
                certificate.first_names,
                certificate.sex,
                certificate.birth_date.isoformat(),
                certificate.birth_place,
                certificate.birth_country,
                certificate.title,
                certificate.support_name,
                certificate.rome_codes,
                certificate.structure_name,
                certificate.jury_date.isoformat(),
                certificate.jury_place,
                certificate.delivered_on.isoformat(),
                certificate.code,
                timezone.localtime(certificate.revoked_at).date().isoformat()
                if certificate.revoked_at
                else "",
                certificate.revoked_reason,
                certificate.replaced_by.number if certificate.replaced_by else "",
            )
        )


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(map(_harmless, cells))
    return text.getvalue()


def _harmless(cell: str) -> str:
    """Spreadsheets run a cell that starts like a formula: an apostrophe makes it text."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
