"""A certificate as a picture, to preview what would be printed. It proves nothing and is stored nowhere."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from io import BytesIO

import pypdfium2

from certificates.documents.rendering.render import render_document
from certificates.models import Certificate, CertificateLayout
from core.errors import DomainError, Postponed

LARGE, SMALL = 1280, 640
"""Width in pixels."""

SECONDS = 10
QUALITY = 82

_renderer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preview")
"""One picture at a time in a process: PDFium is not thread-safe, and other requests stay quick."""


def picture_of(certificate: Certificate, layout: CertificateLayout, *, width: int = LARGE) -> bytes:
    """A WebP picture of the page as it would be rendered, without any key: its QR code holds the address alone.

    Refused, with a sentence, when it takes more than `SECONDS` or the fonts are missing on this machine.
    """
    waiting = _renderer.submit(_render_picture, certificate, layout, width)
    try:
        return waiting.result(timeout=SECONDS)
    except TooSlow:
        waiting.cancel()
        raise DomainError(
            "L’aperçu met trop de temps\u00a0: le site est très occupé. Réessayez dans une minute."
        ) from None
    except Postponed as reason:
        raise DomainError(f"L’aperçu ne peut pas être dessiné\u00a0: {reason}") from reason


def _render_picture(certificate: Certificate, layout: CertificateLayout, width: int) -> bytes:
    document = pypdfium2.PdfDocument(render_document(certificate, layout))
    try:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil()
    finally:
        document.close()
    written = BytesIO()
    picture.convert("RGB").save(written, "WEBP", quality=QUALITY, method=2)
    return written.getvalue()
