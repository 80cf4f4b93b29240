"""The register as a PDF document."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.template.loader import render_to_string

from certificates.enums import CertificateState
from certificates.models import Certificate
from core.formats import shortdate
from core.pdf import Book

PRINTED = (
    "number",
    "first_names",
    "birth_name",
    "usage_name",
    "birth_date",
    "birth_place",
    "birth_country",
    "support_name",
    "structure_name",
    "jury_place",
    "jury_date",
    "state",
    "revoked_at",
    "revoked_reason",
)
"""The fields that a line is printed from, with the number of the certificate that replaces it."""

CHAPTER = 200
"""Lines rendered at once, about ten pages: each thousand would take 140 MB more."""


def write_register(
    certificates: Sequence[Certificate],
    into: BinaryIO,
    *,
    scope: str,
    at: datetime,
    on_progress: Callable[[int], None] = lambda done: None,
) -> None:
    """The lines on A4 landscape, with their state at that moment; every page repeats the head of the table.

    The last page is marked as such. `on_progress` receives how many lines are rendered.
    """
    stylesheet = render_to_string("certificates/register/register_sheet.css")
    book = Book()
    for start in range(0, len(certificates), CHAPTER):
        chapter = certificates[start : start + CHAPTER]
        page = {
            "lines": [{"certificate": line, "state": state_text(line)} for line in chapter],
            "numbers": f"{chapter[0]} à {chapter[-1]}" if len(chapter) > 1 else str(chapter[0]),
            "is_first": not start,
            "is_last": start + CHAPTER >= len(certificates),
            "pages_before": book.pages,
            "total": len(certificates),
            "scope": scope,
            "at": at,
            "certifier": settings.CERTIFIER_NAME,
        }
        book.add(
            render_to_string("certificates/register/register_sheet.html", page),
            title=page["numbers"],
            stylesheet=stylesheet,
        )
        on_progress(start + len(chapter))
    book.write(into)


def state_text(certificate: Certificate) -> str:
    """« révoqué le 3 mars 2026 : fraude », « remplacé par CQP-2026-000002 », or the state alone."""
    if certificate.state == CertificateState.REVOKED:
        return f"révoqué le {shortdate(certificate.revoked_at)}\xa0: {certificate.revoked_reason}"
    if certificate.replaced_by:
        return f"remplacé par {certificate.replaced_by.number}"
    return certificate.get_state_display()
