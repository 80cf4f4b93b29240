"""The file of a certificate: what one reads, sees and scans on it."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from certificates.documents.rendering.glyphs import missing_glyphs, size_to_fit
from certificates.documents.rendering.guilloche import operators
from certificates.documents.rendering.render import render_document
from certificates.documents.rendering.wording import birth_words, fit_name, split_title
from core.pdf.rendering import _screen_colours
from tests.factories.register import bare_certificate


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words_of(content: bytes) -> str:
    """The text of a PDF with every run of spaces made one."""
    return " ".join(read(content).pages[0].extract_text().split())


def test_the_file_says_what_the_row_says():
    text = words_of(render_document(bare_certificate(certification_type="RS", certification_code="RS1234")))

    for fact in (
        "CHANTIER école",
        "Certificat de qualification professionnelle",
        "« Salarié polyvalent »",
        "Samira BENALI",
        "née le 17 mai 1990 à Sète",
        "jury réuni à Sète le lundi 23 novembre 2026",
        "« Espaces verts »",
        "ROME A1203",
        "Les Jardins du Lez",
        "Comprendre et communiquer à l’oral",
        "Délivré le 23 novembre 2026",
        "CQP-2026-000001",
        "RS1234",
        "Nadia Le Goff",
        "Dominique Signataire",
        "8K3M Z0QW T7VX 2PAB",
    ):
        assert fact in text
    assert "exemple sans valeur" not in text


def test_the_same_row_gives_the_same_bytes():
    assert render_document(bare_certificate()) == render_document(bare_certificate())


def test_the_first_drawing_of_a_process_is_like_the_next():
    _screen_colours.cache_clear()

    assert render_document(bare_certificate()) == render_document(bare_certificate())


def test_the_file_is_one_landscape_page_tagged_in_french_with_its_title():
    reader = read(render_document(bare_certificate()))

    (page,) = reader.pages
    width, height = page.mediabox.width, page.mediabox.height
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 210)
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Samira BENALI" in reader.metadata.title
    assert "<pdfuaid:part>1" in reader.xmp_metadata.stream.get_data().decode() or "pdfuaid" in str(
        reader.xmp_metadata.stream.get_data()
    )


def test_every_typeface_is_ours_and_embedded():
    page = read(render_document(bare_certificate(first_names="Nguyễn Юлия Ελένη"))).pages[0]

    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "Source-S" in font["/BaseFont"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_a_demonstration_certificate_says_that_it_is_worth_nothing():
    assert "exemple sans valeur" in words_of(render_document(bare_certificate(is_demo=True)))


@pytest.mark.parametrize(
    ("first_names", "birth_name", "on_two_lines"),
    [
        ("Samira", "BENALI", False),
        ("Nguyễn Thị Ánh", "ΠΑΠΑΔΟΠΟΎΛΟΥ", False),
        ("Marie-Antoinette Joséphine Caroline", "DE LA TOUR D’AUVERGNE-LAURAGUAIS", True),
    ],
)
def test_a_long_name_shrinks_then_takes_two_lines_and_stays_readable(first_names, birth_name, on_two_lines):
    certificate = bare_certificate(first_names=first_names, birth_name=birth_name)

    name = fit_name(certificate)

    assert name.on_two_lines is on_two_lines
    assert 20 <= float(name.size) <= 42
    assert f"{first_names} {birth_name}" in words_of(render_document(certificate))


def test_the_longest_names_that_the_register_takes_hold_on_one_page():
    certificate = bare_certificate(
        first_names="Maximilienne " * 7 + "Joséphine", birth_name="WWWWWWWWWWWWWW " * 4, is_demo=True
    )

    assert len(read(render_document(certificate)).pages) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "née le 17 mai 1990 à Sète"),
        ({"sex": "M", "birth_date": date(1988, 1, 1)}, "né le 1er janvier 1988 à Sète"),
        ({"usage_name": "MARTIN"}, "née BENALI le 17 mai 1990 à Sète"),
        ({"usage_name": "BENALI"}, "née le 17 mai 1990 à Sète"),
        ({"birth_country": "Maroc", "birth_place": "Fès"}, "née le 17 mai 1990 à Fès (Maroc)"),
        ({"birth_country": "Maroc", "birth_place": ""}, "née le 17 mai 1990 (Maroc)"),
    ],
)
def test_the_birth_is_told_in_french(fields, words):
    assert birth_words(bare_certificate(**fields)).replace("\u00a0", " ") == words


def test_a_title_without_quotes_is_printed_whole():
    assert split_title("CQP Salarié polyvalent") == {"genre": "", "trade": "CQP Salarié polyvalent"}


def test_the_letters_that_a_typeface_lacks_are_each_told_once():
    assert missing_glyphs("Nguyễn 王王 Łukasz 芳") == "王芳"


def test_a_name_is_never_wider_than_its_room_nor_smaller_than_its_limit():
    assert size_to_fit("Al", width=238, largest=42, least=20) == 42
    assert size_to_fit("M" * 200, width=238, largest=42, least=20) == 20


def test_the_background_is_light_and_draws_strokes_alone():
    drawn = operators()

    assert len(drawn) < 250_000
    assert set(drawn.decode().split()) - {"re"} <= set("m c s S b g RG w".split()) | numbers_of(drawn)


def numbers_of(drawn: bytes) -> set[str]:
    return {word for word in drawn.decode().split() if word.lstrip("-").replace(".", "").isdigit()}
