"""Where the words of a certificate really fall: the boxes that WeasyPrint lays out, in millimetres."""

from dataclasses import dataclass

import weasyprint
from django.template.loader import render_to_string

from certificates.documents.credentials.certificate_payload import verification_address
from certificates.documents.layouts import LAYOUTS, first_layout
from certificates.documents.rendering.guilloche import background
from certificates.documents.rendering.qr_code import qr_code
from certificates.documents.rendering.render import _files, _picture
from certificates.documents.rendering.text_fitting import TIGHT, density_of
from certificates.documents.rendering.wording import template_context
from core.pdf.rendering import IMAGE, _engine, _fetcher

MM = 25.4 / 96


@dataclass(frozen=True)
class Box:
    name: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right - 0.1 and other.left < self.right - 0.1
        return across and self.top < other.bottom - 0.1 and other.top < self.bottom - 0.1


def laid_out(certificate, layout=None) -> dict[str, list[Box]]:
    """Every box of the first page that has a class or a tag, by name; the lines of text under « line »."""
    layout = layout or first_layout()
    base, engine = LAYOUTS[layout.base], _engine()
    images = {"background": background(), "qr": qr_code(verification_address(certificate))}
    images |= {name: _picture(file) for name, file in _files(layout).items()}
    page = weasyprint.HTML(
        string=render_to_string(
            base.template,
            template_context(certificate, layout) | {"tight": density_of(certificate, layout) is TIGHT},
        ),
        url_fetcher=_fetcher(engine, images),
    )
    sheets = [
        engine.typefaces,
        weasyprint.CSS(string=render_to_string(base.stylesheet), font_config=engine.font_config),
    ]
    document = page.render(
        stylesheets=sheets,
        font_config=engine.font_config,
        cache={IMAGE + name: image for name, image in images.items()},
    )
    assert len(document.pages) == 1
    found: dict[str, list[Box]] = {}
    for box in document.pages[0]._page_box.descendants(placeholders=True):
        if "auto" in (box.width, box.height):
            continue
        for name in _names(box):
            found.setdefault(name, []).append(_box(name, box))
    return found


def _names(box) -> set[str]:
    """« LineBox » for a line; the tag and the classes of an element for the block that it makes."""
    if type(box).__name__ in ("LineBox", "InlineBox", "TextBox"):
        return {type(box).__name__}
    if box.element is None or box.element_tag != box.element.tag:
        return set()
    return {box.element_tag, *(box.element.get("class") or "").split()}


def _box(name: str, box) -> Box:
    left, top = box.border_box_x(), box.border_box_y()
    corners = (left, top, left + box.border_width(), top + box.border_height())
    return Box(name, *(round(corner * MM, 2) for corner in corners))
