import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from core.errors import DomainError, StaleState
from core.photos import MOST_BYTES, reencode
from evaluations.enums import SheetState
from evaluations.services.sheets import MOST_PHOTOS, add_photo, remove_photo
from tests.factories import ExperienceSheetFactory

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def image_file(size=(400, 200), form="JPEG", mode="RGB", colour="red", **options) -> BytesIO:
    file = BytesIO()
    Image.new(mode, size, colour).save(file, form, **options)
    file.seek(0)
    return file


def clean(file: BytesIO) -> bytes:
    return reencode(file, size=len(file.getvalue()))


def test_a_photo_loses_all_that_is_not_its_pixels():
    exif = Image.Exif()
    exif[MAKE] = "Téléphone de Samira"
    exif.get_ifd(GPS)[1] = "N"
    sent = image_file(exif=exif, comment=b"chez moi", icc_profile=b"profile", dpi=(72, 72))

    kept = clean(sent)

    with Image.open(BytesIO(kept)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
        assert {"comment", "icc_profile", "exif", "xmp"}.isdisjoint(image.info)
    assert b"Samira" not in kept
    assert b"chez moi" not in kept


def test_a_photo_taken_on_its_side_is_kept_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    with Image.open(BytesIO(clean(image_file(size=(400, 200), exif=exif)))) as image:
        assert image.size == (200, 400)


def test_a_large_photo_is_reduced_to_1600_pixels():
    with Image.open(BytesIO(clean(image_file(size=(4000, 1000))))) as image:
        assert image.size == (1600, 400)


@pytest.mark.parametrize(
    ("form", "mode", "colour"),
    [
        ("PNG", "RGBA", (0, 0, 0, 0)),
        ("PNG", "P", 0),
        ("PNG", "I;16", 0),
        ("WEBP", "RGB", "red"),
        ("JPEG", "CMYK", 0),
    ],
)
def test_other_kinds_of_images_become_jpeg(form, mode, colour):
    with Image.open(BytesIO(clean(image_file(form=form, mode=mode, colour=colour)))) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")


def test_what_was_transparent_is_white():
    with Image.open(BytesIO(clean(image_file(form="PNG", mode="RGBA", colour=(0, 0, 0, 0))))) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0 not an image",
        b"GIF89a",
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence(content):
    with pytest.raises(DomainError, match="pas une photo lisible"):
        clean(BytesIO(content))


def test_half_a_photo_is_refused():
    whole = image_file(size=(800, 800)).getvalue()

    with pytest.raises(DomainError, match="pas une photo lisible"):
        clean(BytesIO(whole[: len(whole) // 2]))


@pytest.mark.parametrize("size", [(7700, 7700), (9000, 9000), (20000, 20000)])
def test_an_image_that_would_fill_the_memory_is_refused_before_it_is_decoded(size):
    bomb = image_file(size=(10, 10), form="PNG").getvalue()
    width, height = (side.to_bytes(4, "big") for side in size)
    header = b"IHDR" + width + height + bomb[24:29]
    forged = bomb[:12] + header + _crc(header) + bomb[33:]

    with pytest.raises(DomainError, match="trop grande"):
        clean(BytesIO(forged))


def test_a_photo_of_a_phone_may_have_fifty_million_pixels():
    with Image.open(BytesIO(clean(image_file(size=(8160, 6120))))) as image:
        assert image.size == (1600, 1200)


def test_a_strip_that_cannot_be_reduced_while_it_is_decoded_is_refused():
    with pytest.raises(DomainError, match="trop grande"):
        clean(image_file(size=(40_000, 1_000), mode="L", colour=0))


def test_a_webp_takes_twice_the_memory_and_may_have_half_the_pixels():
    with pytest.raises(DomainError, match="trop grande"):
        clean(image_file(size=(4000, 3500), form="WEBP"))


def test_images_are_decoded_one_at_a_time():
    inside, most = [], []

    class Watched(BytesIO):
        """A file that tells how many of its kind are being read."""

        def read(self, *args):
            inside.append(self)
            most.append(len({id(file) for file in inside}))
            time.sleep(0.001)
            inside.remove(self)
            return super().read(*args)

    content = image_file(size=(3000, 3000)).getvalue()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: clean(Watched(content)), range(4)))

    assert max(most) == 1


def _crc(chunk: bytes) -> bytes:
    return zlib.crc32(chunk).to_bytes(4, "big")


def test_more_than_ten_megabytes_are_refused():
    with pytest.raises(DomainError, match="10 Mo"):
        reencode(image_file(), size=MOST_BYTES + 1)


def test_a_photo_is_kept_beside_its_draft_and_taken_away(trainer, django_capture_on_commit_callbacks):
    sheet = ExperienceSheetFactory(enrollment__referent=trainer)
    sent = image_file()

    photo = add_photo(sheet=sheet, file=sent, size=len(sent.getvalue()), caption=" La haie ", by=trainer)
    assert (photo.caption, photo.image.storage.exists(photo.image.name)) == ("La haie", True)

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo=photo, by=trainer)
    assert not sheet.photos.exists()
    assert not photo.image.storage.exists(photo.image.name)


def test_a_sheet_holds_six_photos(trainer):
    sheet = ExperienceSheetFactory(enrollment__referent=trainer)
    for _ in range(MOST_PHOTOS):
        add_photo(sheet=sheet, file=image_file(), size=1, by=trainer)

    with pytest.raises(DomainError, match="déjà 6 photos"):
        add_photo(sheet=sheet, file=image_file(), size=1, by=trainer)


def test_a_submitted_sheet_takes_no_photo(trainer):
    sheet = ExperienceSheetFactory(state=SheetState.SUBMITTED)

    with pytest.raises(StaleState, match="ne change plus"):
        add_photo(sheet=sheet, file=image_file(), size=1, by=trainer)
