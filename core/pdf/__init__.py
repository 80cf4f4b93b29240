"""HTML to PDF, for every file that the site makes: certificates, dossiers, minutes, letters.

The typefaces come from two pip packages and from nowhere else; a page may show the images that it is
given and the `data:` ones that it carries. The same input gives the same bytes.
"""

from core.pdf.archival import SIGNATURE_FIELD, Archive, Attached
from core.pdf.books import Book
from core.pdf.pictures import Picture, photograph
from core.pdf.rendering import PdfIncomplete, PdfUnavailable, render_pdf, warm_up

__all__ = [
    "SIGNATURE_FIELD",
    "Archive",
    "Attached",
    "Book",
    "PdfIncomplete",
    "PdfUnavailable",
    "Picture",
    "photograph",
    "render_pdf",
    "warm_up",
]
