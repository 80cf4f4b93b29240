"""The certificate as a PDF file, drawn from its line in the register."""

from certificates.documents.certificate.layouts import LAYOUTS, LayoutMissing, first_layout, layout_of
from certificates.documents.certificate.rendering import draw

__all__ = ["LAYOUTS", "LayoutMissing", "draw", "first_layout", "layout_of"]
