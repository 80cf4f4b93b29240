"""The QR code of a certificate."""

import segno

from accounts.pdf import Picture
from juries.documents.facts import verification_address
from juries.models import Certificate
from juries.proofs.payload import compact_proof

QUIET = 4
"""Modules of white that a reader wants around."""

MASK = 3
"""One of the eight patterns that any reader undoes; trying them all to keep the fairest costs more than the code."""


def address_of(certificate: Certificate) -> str:
    """What the QR code holds: where the certificate is checked, and the proof that needs no site after « # »."""
    return f"{verification_address(certificate)}#{compact_proof(certificate)}"


def qr_code(address: str) -> Picture:
    """A QR code as one path, one unit a module, with its quiet zone."""
    code = segno.make(address, error="m", micro=False, mask=MASK)
    side = code.symbol_size(border=QUIET)[0]
    runs = [f"{x} {y} {length} 1 re" for x, y, length in dark_runs(code)]
    return Picture.drawn(f"0 g\n{' '.join(runs)} f".encode(), width=side, height=side)


def dark_runs(code: segno.QRCode):
    """Each unbroken dark stretch of a line: where it starts, on which line, and how long it is."""
    for y, row in enumerate(code.matrix, QUIET):
        start = None
        for x, dark in enumerate((*row, 0), QUIET):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield start, y, x - start
                start = None
