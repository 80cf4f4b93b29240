"""The QR code of a certificate."""

import re

import zxingcpp

from accounts.pdf import Picture
from juries.documents.facts import verification_address
from juries.models import Certificate
from juries.proofs.payload import compact_proof

QUIET = 4
"""Modules of white that a reader wants around."""

DARK = re.compile(rb"\x00+")


def address_of(certificate: Certificate) -> str:
    """What the QR code holds: where the certificate is checked, and the proof that needs no site after « # »."""
    return f"{verification_address(certificate)}#{compact_proof(certificate)}"


def qr_code(address: str) -> Picture:
    """A QR code as one path, one unit a module, with its quiet zone; up to 15 % of it may be lost (level M)."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    lines, side = bytes(modules), modules.shape[0]
    runs = [
        f"{run.start() + QUIET} {line + QUIET} {run.end() - run.start()} 1 re"
        for line in range(side)
        for run in DARK.finditer(lines[line * side : (line + 1) * side])
    ]
    whole = side + 2 * QUIET
    return Picture.drawn(f"0 g\n{' '.join(runs)} f".encode(), width=whole, height=whole)
