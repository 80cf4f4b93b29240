"""Photos that people send, made safe to store: decoded, turned upright, reduced and encoded again.

The stored file holds pixels and nothing else: no place, no date, no name of the phone, no thumbnail.
"""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

from core.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE = (OSError, SyntaxError, ValueError, OverflowError, MemoryError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def reencode(file: BinaryIO, *, size: int) -> bytes:
    """A JPEG of at most 1600 px a side, upright, on white, without metadata.

    Refuses more than 10 MB or 60 million pixels, and whatever is not a JPEG, PNG or WebP image. The
    dimensions are read before a single pixel is decoded.
    """
    if size > MOST_BYTES:
        raise DomainError("Cette photo dépasse 10 Mo. Prenez-la en plus petit, ou réduisez-la avant l’envoi.")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on: half a photo would come out grey
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise DomainError("Cette image est trop grande pour être ouverte. Réduisez-la avant l’envoi.")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _write(ImageOps.exif_transpose(image))
    except BOMBS as error:
        raise DomainError(
            "Cette image est trop grande pour être ouverte. Réduisez-la avant l’envoi."
        ) from error
    except UNREADABLE as error:
        raise DomainError(
            "Ce fichier n’est pas une photo lisible. Envoyez une image JPEG, PNG ou WebP."
        ) from error


def _write(image: Image.Image) -> bytes:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
    clean = Image.new("RGB", pixels.size, "white")
    clean.paste(pixels, mask=pixels.getchannel("A") if pixels.mode == "RGBA" else None)
    written = BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
