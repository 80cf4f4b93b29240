"""The certificate as a PDF file, drawn from its line in the register."""

from juries.documents.certificate.drawing import draw
from juries.documents.certificate.layouts import LAYOUTS, LayoutMissing, first_layout, layout_of

__all__ = ["LAYOUTS", "LayoutMissing", "draw", "first_layout", "layout_of"]
