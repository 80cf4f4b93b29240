"""What is kept of a logo or of a signature that somebody sends."""

from io import BytesIO

import pytest
from PIL import Image

from certificates.services.layouts import clean_image
from core.errors import DomainError
from tests.certificates.layouts.images import image


def cleaned(content: bytes) -> Image.Image:
    return Image.open(BytesIO(clean_image(BytesIO(content), size=len(content))))


def test_a_transparent_image_stays_transparent():
    kept = cleaned(image())

    assert (kept.format, kept.mode, kept.size) == ("PNG", "RGBA", (600, 240))
    assert kept.getpixel((0, 0))[3] == 0
    assert kept.getpixel((300, 120))[3] == 255


def test_a_photograph_of_a_signature_is_kept_without_what_the_phone_wrote_in_it():
    exif = Image.Exif()
    exif[0x0110] = "Téléphone de Nadia"
    exif[0x0112] = 6  # lying on its side

    kept = cleaned(image(mode="RGB", kind="JPEG", exif=exif))

    assert kept.size == (240, 600)
    assert not kept.getexif()
    assert not kept.info


def test_a_large_image_is_made_smaller():
    assert cleaned(image(size=(4000, 1000))).size == (1200, 300)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\xef\xbb\xbf  <SVG onload='alert(1)'/>", "SVG"),
        (b"GIF89a", "pas une image lisible"),
        (b"", "pas une image lisible"),
        (image()[:200], "pas une image lisible"),
        (image(size=(200, 80)), "200 × 80 pixels"),
        (image(colour=(0, 0, 0, 0)), "transparente"),
        (image(size=(6300, 6300), mode="L", colour=0), "trop grande"),
        (image(size=(9000, 7000), mode="L", colour=0, kind="JPEG"), "trop grande"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(DomainError, match=sentence):
        clean_image(BytesIO(content), size=len(content))


def test_a_heavy_file_is_refused_before_it_is_read():
    with pytest.raises(DomainError, match="5\u00a0Mo"):
        clean_image(BytesIO(b""), size=6 * 1024 * 1024)
