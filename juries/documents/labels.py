"""Postal labels: each certificate goes to the structure, for its holder."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from accounts.pdf import render_pdf
from juries.models import Certificate

COLUMNS, ROWS = 2, 7
"""Labels of 99.1 × 38.1 mm, fourteen on an A4 sheet (L7163 and alike)."""

PER_SHEET = COLUMNS * ROWS


def draw_labels(certificates: Iterable[Certificate]) -> bytes:
    """Sheets of labels, one a certificate, side by side for one structure; to be printed at 100 %."""
    labels = sorted(map(_label, certificates), key=lambda label: (label["structure"], label["number"]))
    sheets = [labels[start : start + PER_SHEET] for start in range(0, len(labels), PER_SHEET)]
    return render_pdf(render_to_string("juries/labels_sheet.html", {"sheets": sheets}))


def _label(certificate: Certificate) -> dict[str, str]:
    """The structure where the holder is today, at its address of today."""
    structure = certificate.decision.candidate.enrollment.structure
    return {
        "number": certificate.number,
        "holder": certificate.full_name,
        "structure": structure.name,
        "address": structure.address,
        "town": f"{structure.postcode} {structure.city}",
    }
