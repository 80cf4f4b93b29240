"""Logos and handwritten signatures, checked and encoded again for printing."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

from core.errors import DomainError
from core.photos import BOMBS, FORMATS, UNREADABLE

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1200
"""Pixels stored: more than 600 dots per inch where the image is printed, 46 mm wide at most."""

LEAST_SIDE = 300
"""Pixels on the longest side, under which the print is coarse: 165 dots per inch."""

TOO_LARGE = "Cette image est trop grande pour être ouverte. Réduisez-la avant l’envoi."


def clean_image(file: BinaryIO, *, size: int) -> bytes:
    """A PNG of at most 1200 px a side, upright, its transparency kept, without metadata.

    Refuses more than 5 MB or 40 million pixels, less than 300 px, an empty image, a drawing (SVG) and whatever
    is not a JPEG, PNG or WebP image. The dimensions are read before a single pixel is decoded.
    """
    if size > MOST_BYTES:
        raise DomainError("Cette image dépasse 5\u00a0Mo. Réduisez-la avant l’envoi.")
    _refuse_drawing(file)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on: half an image would come out grey
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise DomainError(TOO_LARGE)
            return _write(ImageOps.exif_transpose(image))
    except BOMBS as error:
        raise DomainError(TOO_LARGE) from error
    except UNREADABLE as error:
        raise DomainError(
            "Ce fichier n’est pas une image lisible. Envoyez un PNG (fond transparent de préférence) ou un JPEG."
        ) from error


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
    if pixels.mode == "RGBA" and pixels.getchannel("A").getbbox() is None:
        raise DomainError("Cette image est entièrement transparente\u00a0: il n’y a rien à imprimer.")
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    written = BytesIO()
    clean.save(written, "PNG", optimize=True)
    return written.getvalue()
