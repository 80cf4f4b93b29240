"""The procès-verbal as a PDF file: a pure function of its content and of its signatures."""

from datetime import date, datetime

from django.template.loader import render_to_string

from accounts.pdf import render_pdf
from evaluations.enums import TestKind

Signature = dict[str, str]
"""juror (id), name and signed_at (ISO) of one signature."""

WORDS = {
    TestKind.PRODUCTION: {True: "validée", False: "non validée"},
    TestKind.INTERVIEW: {True: "validé", False: "non validé"},
}


def draw(content: dict, signatures: list[Signature], *, sha256: str) -> bytes:
    """The minutes on A4, tagged, in French; `sha256`, the fingerprint of the content, is on each page."""
    return render_pdf(
        render_to_string("juries/minutes_sheet.html", what_it_shows(content, signatures, sha256))
    )


def what_it_shows(content: dict, signatures: list[Signature], sha256: str = "") -> dict[str, object]:
    """The content with its dates read back and the signature of each juror beside their name."""
    signed = {row["juror"]: datetime.fromisoformat(row["signed_at"]) for row in signatures}
    session = content["session"]
    return {
        "content": content,
        "held_on": date.fromisoformat(session["held_on"]),
        "deliberated_at": datetime.fromisoformat(session["deliberated_at"]),
        "jurors": [row | {"signed_at": signed.get(row["id"])} for row in content["jurors"]],
        "candidates": [_line(row) for row in content["candidates"]],
        "sha256": sha256,
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
        "acquired": sum(1 for domain in row["domains"] if domain["acquired"]),
        "judged": row["outcome"] not in ("absent", "adjourned"),
    }
