"""A word without end stays on the page of every printed document."""

from pathlib import Path

import pytest
import weasyprint
from django.conf import settings
from weasyprint.formatting_structure.boxes import TextBox

LONG = "a" * 3000
FOLDER = Path(settings.BASE_DIR, "templates")
STYLESHEETS = sorted(
    str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.css") if "html {" in path.read_text()
)
PAGE = f"""<html lang="fr"><title>Essai</title><p>{LONG}</p>
<dl><div><dt>Mot</dt><dd>{LONG}</dd></div></dl>"""
TABLE = f"""<table><thead><tr><th>Jour</th><th>Mot</th></tr></thead>
<tbody><tr><th scope="row">12/03/2026</th><td>{LONG}</td></tr></tbody></table>"""


@pytest.mark.parametrize("stylesheet", STYLESHEETS)
def test_a_word_of_three_thousand_letters_stays_on_the_printed_page(stylesheet):
    style = (FOLDER / stylesheet).read_text()
    has_tables = "table {" in style

    document = weasyprint.HTML(string=PAGE + TABLE * has_tables).render(
        stylesheets=[weasyprint.CSS(string=style)]
    )

    boxes = [(page, box) for page in document.pages for box in page._page_box.descendants()]
    texts = [(page, box) for page, box in boxes if isinstance(box, TextBox)]
    assert sum(box.text.count("a") for _, box in texts) >= (2 + has_tables) * len(LONG)
    assert [box.text for page, box in texts if box.position_x + box.width > page.width] == []
    assert ("12/03/2026" in [box.text for _, box in texts]) == has_tables
