"""The QR code of a certificate."""

import re

import segno

from certificates.documents.credentials.certificate_payload import verification_address
from certificates.documents.credentials.compact_proof import compact_proof
from certificates.models import Certificate
from core.pdf import Picture
from core.qr_codes import MASK

QUIET = 4
"""White modules required around the code."""

DARK = re.compile(rb"\x01+")


def address_of(certificate: Certificate) -> str:
    """The text of the QR code: the address of the verification, then « # » and the offline proof."""
    return f"{verification_address(certificate)}#{compact_proof(certificate)}"


def qr_code(address: str) -> Picture:
    """A QR code as one path, one unit a module, with its quiet zone; up to 15 % of it may be lost (level M)."""
    code = segno.make(address, error="m", micro=False, mask=MASK)
    runs = [
        f"{run.start() + QUIET} {row + QUIET} {run.end() - run.start()} 1 re"
        for row, modules in enumerate(code.matrix)
        for run in DARK.finditer(modules)
    ]
    whole, _ = code.symbol_size(border=QUIET)
    return Picture.drawn(f"0 g\n{' '.join(runs)} f".encode(), width=whole, height=whole)
