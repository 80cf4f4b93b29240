"""A QR code for a screen or a sheet of paper, as a picture inside the page."""

import segno

MASK = 3
"""One of the eight patterns that any reader undoes; trying them all costs more than the code."""


def square(address: str) -> str:
    """The QR code of an address, as a `data:` address of an SVG, with its quiet zone."""
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return code.svg_data_uri(border=4, omitsize=True)
