"""A drawn signature on a page or in a PDF file: light, named, and never more than a drawing."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from core import drawings
from core.pdf import render_pdf
from tests.core.rendering import show, words

WAVE = [[[100, 200, 0], [200, 100, 40], [300, 200, 80], [400, 100, 120]], [[420, 180, 400]]]


def test_a_signature_is_one_smooth_line_per_stroke():
    drawn = drawings.ink(WAVE)

    assert drawn.path == "M100 200Q200 100 250 150Q300 200 350 150L400 100M420 180h1"


def test_a_signature_is_named_for_those_who_do_not_see_it():
    page = show("{% signature strokes name %}", strokes=WAVE, name="Aïcha <b>Benali</b>")

    assert 'role="img" aria-label="Signature de Aïcha &lt;b&gt;Benali&lt;/b&gt;"' in page
    assert "style=" not in page


def test_a_signature_is_framed_close_to_its_line():
    drawn = drawings.ink(WAVE)

    assert drawn.box == "88 78 344 144"


def test_points_that_hardly_move_weigh_nothing():
    still = [[[100 + step % 3, 200, step] for step in range(5000)] + [[150, 220, 6000], [200, 220, 6100]]]

    assert len(drawings.ink(still).path) < 60


def test_a_drawing_without_end_is_cut():
    endless = [[[(step * 37) % 1000, (step * 91) % 500, step] for step in range(400_000)]]

    assert drawings.ink(endless).path.count("Q") <= drawings.MOST_POINTS


@pytest.mark.parametrize(
    "strokes",
    [
        None,
        [],
        {},
        "M0 0",
        [[]],
        [None, 3, "x"],
        [[None]],
        [[[1]]],
        [[["1", "2", 0]]],
        [[[True, False, 0]]],
        [[[1.5, 2, 0]]],
    ],
)
def test_what_is_no_drawing_says_that_it_cannot_be_read(strokes):
    assert (
        words("{% signature strokes name %}", strokes=strokes, name="Aïcha Benali") == "signature illisible"
    )


def test_what_lies_outside_of_the_frame_comes_back_to_its_edge():
    assert drawings.ink([[[-(10**9), 5, 0], [10**9, 5, 1]]]).path == "M0 5L1000 5"


def test_a_signature_is_drawn_in_a_pdf_file():
    drawing = show("{% signature strokes name %}", strokes=WAVE, name="Aïcha Benali")
    page = f"<html lang='fr'><head><title>Feuille</title></head><body>{drawing}</body></html>"

    drawn = PdfReader(BytesIO(render_pdf(page))).pages[0]

    curves = re.findall(rb"\bc\b", drawn.get_contents().get_data())
    assert len(curves) >= 2
