"""The register as a document to print and keep."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from accounts.formats import shortdate
from accounts.pdf import render_pdf
from juries.enums import CertificateState
from juries.models import Certificate


def draw_register(certificates: Iterable[Certificate], *, scope: str, at: datetime) -> bytes:
    """The lines on A4 laid flat, with their state on the day; the head of the table is on every page."""
    lines = [{"certificate": certificate, "state": state_words(certificate)} for certificate in certificates]
    return render_pdf(
        render_to_string(
            "juries/register_sheet.html",
            {"lines": lines, "scope": scope, "at": at, "certifier": settings.CERTIFIER_NAME},
        )
    )


def state_words(certificate: Certificate) -> str:
    """« révoqué le 3 mars 2026 : fraude », « remplacé par CQP-2026-000002 », or the state alone."""
    if certificate.state == CertificateState.REVOKED:
        return f"révoqué le {shortdate(certificate.revoked_at)}\xa0: {certificate.revoked_reason}"
    if certificate.state == CertificateState.REPLACED:
        return f"remplacé par {certificate.replaced_by.number}"
    return certificate.get_state_display()
