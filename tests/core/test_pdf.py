from io import BytesIO

import pytest
from pypdf import PdfReader

from core.pdf import PdfIncomplete, render_pdf

PAGE = '<html lang="fr"><head><title>Essai</title></head><body>{}</body></html>'


def test_the_same_page_gives_the_same_tagged_bytes():
    page = PAGE.format("<h1>Élève à l’œuvre</h1>")

    first, second = render_pdf(page), render_pdf(page)

    assert first == second
    catalog = PdfReader(BytesIO(first)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fr"


def test_the_typefaces_of_the_house_are_inside():
    faces = "<p style='font-family: Source Sans Pro'>a</p><h1 style='font-family: Source Serif Pro'>b</h1>"

    page = PdfReader(BytesIO(render_pdf(PAGE.format(faces)))).pages[0]

    names = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any("Source-Sans" in name for name in names)
    assert any("Source-Serif" in name for name in names)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://ailleurs.example/a.png", "image:inconnue"])
def test_a_page_that_looks_elsewhere_is_not_drawn(address):
    with pytest.raises(PdfIncomplete, match="was not given"):
        render_pdf(PAGE.format(f'<img alt="" src="{address}">'))
