from datetime import UTC, datetime, time
from functools import lru_cache

from django.core.files.base import File
from django.template.loader import render_to_string

from certificates.documents.credentials.certificate_payload import (
    PAYLOAD_FILE,
    payload_json,
    verification_address,
)
from certificates.documents.layouts import LAYOUTS, layout_of
from certificates.documents.rendering.guilloche import background
from certificates.documents.rendering.qr_code import address_of, qr_code
from certificates.documents.rendering.text_fitting import TIGHT, density_of
from certificates.documents.rendering.wording import template_context
from certificates.models import Certificate, CertificateLayout
from core.pdf import Archive, Attached, Picture, photograph, render_pdf


def render_document(certificate: Certificate, layout: CertificateLayout | None = None) -> bytes:
    """The file of one certificate before its signature: the same row and layout give the same bytes.

    A4 landscape, in French, PDF/A-3b and PDF/UA-1, the payload attached as JSON, a field left for the signature.
    Without `layout`, the one that the certificate was entered under. With it the file is a preview, which proves
    nothing: its QR code carries the address alone. Raises `KeyUnavailable`, except for a preview.

    Every certificate goes through WeasyPrint whole. What never changes is prepared once in a process: the
    woven background, the style sheet, the typefaces, the images of the layout. A page laid out once and then
    filled would be some times faster, but would shape, centre, subset and tag text beside WeasyPrint,
    in a second implementation of the same page that would have to agree with the first.
    """
    address = verification_address(certificate) if layout else address_of(certificate)
    layout = layout or layout_of(certificate.layout_version)
    base = LAYOUTS[layout.base]
    images = {"background": background(), "qr": qr_code(address)}
    images |= {name: _picture(file) for name, file in _files(layout).items()}
    return render_pdf(
        render_to_string(
            base.template,
            template_context(certificate, layout) | {"tight": density_of(certificate, layout) is TIGHT},
        ),
        images=images,
        stylesheet=_stylesheet(base.stylesheet),
        archive=Archive(
            attachments=(
                Attached(
                    name=PAYLOAD_FILE,
                    content=payload_json(certificate),
                    description="Ce que dit le certificat, lisible par un programme",
                    made_at=datetime.combine(certificate.delivered_on, time(), UTC),
                ),
            ),
            signature_label=f"Signature électronique de {certificate.certifier_name}",
        ),
    )


def _files(layout: CertificateLayout) -> dict[str, File]:
    return {name: file for name in ("logo", "signature") if (file := getattr(layout, name))}


def _picture(file: File) -> Picture:
    with file.open() as content:
        return _prepared(content.read())


_prepared = lru_cache(maxsize=16)(photograph)


@lru_cache(maxsize=8)
def _stylesheet(name: str) -> str:
    return render_to_string(name)
