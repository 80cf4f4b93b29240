"""The convocation as a PDF: one A4 letter, tagged, in the words of the person who reads it."""

import segno
from django.template.loader import render_to_string

from core.pdf import render_pdf
from core.pdf.pictograms import pictogram
from juries.documents.convocations.links import reply_link
from juries.documents.convocations.wording import displayed
from juries.enums import LetterKind
from juries.models import Letter

PICTOGRAMS = (
    "calendar-days",
    "map-pin",
    "bus",
    "hammer",
    "messages-square",
    "backpack",
    "id-card",
    "phone",
    "accessibility",
    "hourglass",
    "smartphone",
)
HEADINGS: dict[str, str] = {
    LetterKind.CANDIDATE: "Votre convocation au jury",
    LetterKind.JUROR: "Convocation au jury",
    LetterKind.STRUCTURE: "Vos candidats sont convoqués au jury",
}


def render_convocation(letter: Letter) -> bytes:
    """The letter of one person, made from its row alone: the same row gives the same bytes."""
    context = {
        "letter": letter,
        "content": displayed(letter.content),
        "heading": HEADINGS[letter.kind],
        "icons": {name.replace("-", "_"): pictogram(name) for name in PICTOGRAMS},
        "reply_link": reply_link(letter),
        "qr": _qr(reply_link(letter)) if letter.kind == LetterKind.CANDIDATE else "",
    }
    return render_pdf(render_to_string("juries/convocations/convocation_sheet.html", context))


def _qr(address: str) -> str:
    return segno.make(address, error="l", micro=False).svg_data_uri(border=2, dark="#1b2420")
