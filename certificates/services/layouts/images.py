"""Logos and handwritten signatures, checked and encoded again for printing."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from core.errors import DomainError
from core.photos import open_picture

MOST_BYTES = 5 * 1024 * 1024
LONGEST_SIDE = 1200
"""Pixels stored: more than 600 dots per inch where the image is printed, 46 mm wide at most."""

LEAST_SIDE = 300
"""Pixels on the longest side, under which the print is coarse: 165 dots per inch."""

UNREADABLE = (
    "Ce fichier n’est pas une image lisible. Envoyez un PNG (fond transparent de préférence) ou un JPEG."
)


def clean_image(file: BinaryIO, *, size: int) -> bytes:
    """A PNG of at most 1200 px a side, upright, its transparency kept, without metadata.

    Refuses more than 5 MB, less than 300 px, an empty image, a drawing (SVG), and what `open_picture` refuses.
    """
    if size > MOST_BYTES:
        raise DomainError("Cette image dépasse 5\u00a0Mo. Réduisez-la avant l’envoi.")
    _refuse_drawing(file)
    with open_picture(file, longest_side=LONGEST_SIDE, unreadable=UNREADABLE) as image:
        return _write(image)


def _refuse_drawing(file: BinaryIO) -> None:
    start = file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    file.seek(0)
    if start.startswith((b"<svg", b"<?xml", b"<!doctype")):
        raise DomainError(
            "Un dessin SVG peut contenir du code\u00a0: il n’est pas accepté. "
            "Enregistrez-le en PNG, fond transparent, et envoyez ce PNG."
        )


def _write(image: Image.Image) -> bytes:
    if max(image.size) < LEAST_SIDE:
        raise DomainError(
            f"Cette image est trop petite pour être imprimée nette\u00a0: {image.width} × {image.height} pixels. "
            f"Il en faut au moins {LEAST_SIDE} de long."
        )
    pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(pixels, in_place=True)
    if pixels.mode == "RGBA" and pixels.getchannel("A").getbbox() is None:
        raise DomainError("Cette image est entièrement transparente\u00a0: il n’y a rien à imprimer.")
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    written = BytesIO()
    clean.save(written, "PNG", optimize=True)
    return written.getvalue()
