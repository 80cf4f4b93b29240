"""The partial attestation as a PDF file: a pure function of its row."""

from datetime import date

from django.template.loader import render_to_string

from core.pdf import render_pdf
from juries.models import PartialAttestation


def render(attestation: PartialAttestation) -> bytes:
    """One A4 sheet, tagged, in French: the same row gives the same bytes, revoked or not."""
    return render_pdf(
        render_to_string("juries/results/attestation_sheet.html", template_context(attestation))
    )


def template_context(attestation: PartialAttestation) -> dict[str, object]:
    return {
        "attestation": attestation,
        "acquired": [
            line | {"since": date.fromisoformat(line["since"]), "until": _day(line["until"])}
            for line in attestation.acquired
        ],
        "limited": any(line["until"] for line in attestation.acquired),
        "born": "née" if attestation.sex == "F" else "né",
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
