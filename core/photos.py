"""Pictures that people send: bounded before they are decoded, one at a time, and photos made safe to keep.

What is kept of a photo holds pixels and nothing else: no place, no date, no name of the phone, no thumbnail.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

from core.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""Of the whole picture: a JPEG of more is slow to read, even reduced."""

MOST_DECODED = {"JPEG": 24_000_000, "PNG": 24_000_000, "WEBP": 13_000_000}
"""Pixels that are decoded, at 9 bytes each and 17 for WebP. JPEG alone is reduced while it is decoded."""

LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = tuple(MOST_DECODED)
TOO_LARGE = "Cette image est trop grande pour être ouverte. Réduisez-la avant l’envoi."
UNREADABLE = (OSError, SyntaxError, ValueError, OverflowError, MemoryError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)

_decoding = Lock()


@contextmanager
def open_picture(file: BinaryIO, *, longest_side: int, unreadable: str) -> Iterator[Image.Image]:
    """A picture not yet decoded; the process holds no other while the block decodes it to `longest_side` pixels.

    Refuses more than 60 million pixels, more than `MOST_DECODED` that must be decoded, and with `unreadable` whatever
    is not a JPEG, PNG or WebP picture. The dimensions are read before a single pixel is decoded.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on: half a picture would come out grey
    try:
        with _decoding, Image.open(file, formats=FORMATS) as image:
            _refuse_above(MOST_PIXELS, image)
            image.draft("RGB", (longest_side, longest_side))
            _refuse_above(MOST_DECODED[image.format or ""], image)
            yield image
    except BOMBS as error:
        raise DomainError(TOO_LARGE) from error
    except UNREADABLE as error:
        raise DomainError(unreadable) from error


def reencode(file: BinaryIO, *, size: int) -> bytes:
    """A JPEG of at most 1600 px a side, upright, on white, without metadata.

    Refuses more than 10 MB, and what `open_picture` refuses.
    """
    if size > MOST_BYTES:
        raise DomainError("Cette photo dépasse 10 Mo. Prenez-la en plus petit, ou réduisez-la avant l’envoi.")
    unreadable = "Ce fichier n’est pas une photo lisible. Envoyez une image JPEG, PNG ou WebP."
    with open_picture(file, longest_side=LONGEST_SIDE, unreadable=unreadable) as image:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        ImageOps.exif_transpose(image, in_place=True)
        return _write(image)


def _refuse_above(most: int, image: Image.Image) -> None:
    if image.width * image.height > most:
        raise DomainError(TOO_LARGE)


def _write(image: Image.Image) -> bytes:
    pixels = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
    clean = Image.new("RGB", pixels.size, "white")
    clean.paste(pixels, mask=pixels.getchannel("A") if pixels.mode == "RGBA" else None)
    written = BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
