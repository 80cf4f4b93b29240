"""The procès-verbal as a PDF file: a pure function of its content and of its signatures."""

from datetime import date, datetime
from typing import TypedDict

from django.template.loader import render_to_string

from core.drawings import ink, ink_image
from core.pdf import render_pdf
from evaluations.enums import TestKind
from juries.models import MinutesSignature

INK = "#1b2420"


class Signature(TypedDict):
    """One signature as the minutes show it; `juror` is an id, `signed_at` an ISO moment."""

    juror: str
    name: str
    signed_at: str
    strokes: list


WORDS = {
    TestKind.PRODUCTION: {True: "validée", False: "non validée"},
    TestKind.INTERVIEW: {True: "validé", False: "non validé"},
}


def signature_of(row: MinutesSignature) -> Signature:
    """What the minutes show of a signature; `row` comes with its juror."""
    return {
        "juror": str(row.juror_id),
        "name": str(row.juror),
        "signed_at": row.signed_at.isoformat(),
        "strokes": row.strokes,
    }


def render(content: dict, signatures: list[Signature], *, sha256: str) -> bytes:
    """The minutes on A4, tagged, in French; `sha256`, the fingerprint of the content, is on each page."""
    return render_pdf(
        render_to_string("juries/results/minutes_sheet.html", template_context(content, signatures, sha256))
    )


def template_context(content: dict, signatures: list[Signature], sha256: str = "") -> dict[str, object]:
    """The content with its dates read back and the signature of each juror beside their name."""
    signed = {row["juror"]: row for row in signatures}
    session = content["session"]
    return {
        "content": content,
        "held_on": date.fromisoformat(session["held_on"]),
        "deliberated_at": _moment(session["deliberated_at"]),
        "jurors": [row | _mark(signed.get(row["id"])) for row in content["jurors"]],
        "candidates": [_line(row) for row in content["candidates"]],
        "sha256": sha256,
    }


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str) -> date | None:
    """A day as the minutes store it; None when empty."""
    return date.fromisoformat(text) if text else None


def _mark(signature: Signature | None) -> dict[str, object]:
    """When a juror signed, and the image of the line when they drew it."""
    if signature is None:
        return {"signed_at": None}
    drawn = ink(signature["strokes"])
    image = ink_image(path=drawn.path, box=drawn.box, pen=drawn.pen, colour=INK) if drawn else ""
    return {
        "signed_at": _moment(signature["signed_at"]),
        "image": image,
        "strokes": signature["strokes"],
    }


def _line(row: dict) -> dict:
    tests = [
        {
            "label": test.label,
            "validated": row[f"{test.value}_validated"],
            "word": WORDS[test][row[f"{test.value}_validated"]],
            "opinions": row["opinions"][test.value],
        }
        for test in TestKind
    ]
    return row | {
        "born_on": date.fromisoformat(row["birth_date"]),
        "tests": tests,
        "domains": [
            line | {"acquired_since": _day(line.get("acquired_since", ""))} for line in row["domains"]
        ],
        "acquired": sum(1 for domain in row["domains"] if domain["acquired"]),
        "judged": row["outcome"] not in ("", "absent", "adjourned"),
    }
