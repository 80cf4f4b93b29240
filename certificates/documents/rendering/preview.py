"""A certificate as a picture, to be seen before anything is printed. It proves nothing and is kept nowhere."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from io import BytesIO

import pypdfium2

from certificates.documents.rendering.render import draw
from certificates.models import Certificate, CertificateLayout
from core.errors import DomainError, Postponed

LARGE, SMALL = 1280, 640
"""Pixels across."""

SECONDS = 10
QUALITY = 82

_easel = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preview")
"""One picture at a time in a process: PDFium wants it so, and the pages that are asked for meanwhile stay quick."""


def picture_of(certificate: Certificate, layout: CertificateLayout, *, width: int = LARGE) -> bytes:
    """A WebP picture of the page that the real drawing makes, without any key: its QR code holds the address alone.

    Refused, with a sentence, when it takes more than `SECONDS` or the fonts are missing on this machine.
    """
    waiting = _easel.submit(_paint, certificate, layout, width)
    try:
        return waiting.result(timeout=SECONDS)
    except TooSlow:
        waiting.cancel()
        raise DomainError(
            "L’aperçu met trop de temps\u00a0: le site est très occupé. Réessayez dans une minute."
        ) from None
    except Postponed as reason:
        raise DomainError(f"L’aperçu ne peut pas être dessiné\u00a0: {reason}") from reason


def _paint(certificate: Certificate, layout: CertificateLayout, width: int) -> bytes:
    document = pypdfium2.PdfDocument(draw(certificate, layout))
    try:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil()
    finally:
        document.close()
    written = BytesIO()
    picture.convert("RGB").save(written, "WEBP", quality=QUALITY, method=2)
    return written.getvalue()
