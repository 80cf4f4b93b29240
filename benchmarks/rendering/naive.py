"""WeasyPrint and pyHanko as their tutorials use them: everything fresh for each file, the key loaded each time."""

import io
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates.documents.credentials.certificate_payload import payload_json
from certificates.documents.credentials.keys import DEMONSTRATION_SECRET
from certificates.documents.layouts import LAYOUTS, layout_of
from certificates.documents.rendering.guilloche import HEIGHT, WIDTH, operators
from certificates.documents.rendering.qr_code import address_of
from certificates.documents.rendering.wording import template_context
from certificates.models import Certificate
from core.pdf.rendering import _font_faces

SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}mm" height="{HEIGHT}mm">'
CLOSES = {"s": "z", "b": "z", "S": ""}


def make(certificate: Certificate) -> None:
    """From the row to a signed file; neither the row nor the journal learns of it."""
    certificate = Certificate.objects.get(pk=certificate.pk)
    content = sign(draw(certificate))
    Path(settings.VAR_DIR, f"{certificate.number}.pdf").write_bytes(content)


def draw(certificate: Certificate) -> bytes:
    """The same page, with the same facts attached and the same declarations but PDF/UA's."""
    layout = layout_of(certificate.layout_version)
    base = LAYOUTS[layout.base]
    html = render_to_string(base.template, template_context(certificate, layout))
    html = html.replace("<style>", f"<style>{render_to_string(base.stylesheet)}", 1)
    square = io.BytesIO()
    segno.make(address_of(certificate), error="m", micro=False).save(square, kind="svg", border=4)
    fonts = FontConfiguration()
    facts = Attachment(
        string=payload_json(certificate),
        name="certificat.json",
        created=datetime.combine(certificate.delivered_on, time(), UTC),
        relationship="Data",
    )
    pictures = Pictures({"background": svg_background(), "qr": square.getvalue()})
    return HTML(string=html, url_fetcher=pictures).write_pdf(
        stylesheets=[CSS(string=_font_faces(), font_config=fonts)],
        font_config=fonts,
        pdf_variant="pdf/a-3b",
        pdf_tags=True,
        attachments=[facts],
    )


def sign(content: bytes) -> bytes:
    key = Path(settings.VAR_DIR, "keys", "certificate.p12")
    signer = signers.SimpleSigner.load_pkcs12(key, passphrase=DEMONSTRATION_SECRET.encode())
    said = signers.PdfSignatureMetadata(field_name="Signature", subfilter=fields.SigSeedSubFilter.PADES)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), said, signer).getvalue()


class Pictures(URLFetcher):
    def __init__(self, pictures: dict[str, bytes]) -> None:
        super().__init__()
        self.pictures = pictures

    def fetch(self, url: str, headers=None):
        if url.startswith("image:"):
            return URLFetcherResponse(url, self.pictures[url.removeprefix("image:")])
        return super().fetch(url, headers)


@lru_cache(maxsize=1)
def svg_background() -> bytes:
    """The woven background as an SVG file, which is how a page of HTML takes it."""
    return f"{SVG}{''.join(map(_svg_path, operators().decode().splitlines()))}</svg>".encode()


def _svg_path(line: str) -> str:
    """One stroke, written as PDF operators, which come after their numbers."""
    path, numbers, stroke, width, fill = "", [], "", "", "none"
    for word in line.split():
        match word:
            case "RG":
                stroke = "#" + "".join(f"{round(float(share) * 255):02x}" for share in numbers)
            case "w":
                width = numbers[0]
            case "g":
                fill = "#fff"
            case "m" | "c":
                path += f"{word.upper()}{' '.join(numbers)}"
            case "re":
                x, y, wide, high = numbers
                path += f"M{x} {y}h{wide}v{high}h-{wide}z"
            case "s" | "b" | "S":
                path += CLOSES[word]
            case _:
                numbers.append(word)
                continue
        numbers = []
    return f'<path d="{path}" stroke="{stroke}" stroke-width="{width}" fill="{fill}"/>'
