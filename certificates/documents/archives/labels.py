"""Postal labels: each certificate is sent to the structure of its holder."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import BinaryIO

from django.template.loader import render_to_string

from certificates.models import Certificate
from core.pdf import Book
from structures.models import Structure

COLUMNS, ROWS = 2, 7
"""Labels of 99.1 × 38.1 mm, fourteen on an A4 sheet (Avery L7163 and alike): an address of six lines fits."""

PER_SHEET = COLUMNS * ROWS
CHAPTER = 30
"""Sheets rendered at once."""

WIDTH, HEIGHT = 241, 79
"""The space for an address, in points: 85 × 28 mm."""

SIZES = (("large", 11.5), ("middle", 9.5), ("small", 8), ("tiny", 6.5))
"""Sizes of type in points; the largest at which the address fits is taken."""

CAPITAL, LETTER = 0.66, 0.5
"""Width of a letter as a share of the size of type, the widest line of a label being in semi-bold."""

LEADING = 1.2


@dataclass(frozen=True)
class Label:
    """The lines of one address; `size` is a name of `SIZES`."""

    number: str
    lines: list[str]
    size: str


def write_labels(certificates: Iterable[Certificate], into: BinaryIO) -> int:
    """Sheets of labels, side by side for one structure, to be printed at 100 %; returns how many labels.

    Those whose structure has no address get no label: the last page lists them, with what to do.
    """
    by_structure = sorted(
        certificates, key=lambda line: (_structure(line).folded, _structure(line).pk, line.number)
    )
    labels = [_label(line) for line in by_structure if _structure(line).address.strip()]
    left_out = [line for line in by_structure if not _structure(line).address.strip()]
    sheets = [labels[start : start + PER_SHEET] for start in range(0, len(labels), PER_SHEET)]
    book = Book()
    for start in range(0, len(sheets), CHAPTER):
        chapter = sheets[start : start + CHAPTER]
        html = render_to_string("certificates/archives/labels_sheet.html", {"sheets": chapter})
        book.add(html, title=f"Planches {start + 1} à {start + len(chapter)}")
    if left_out:
        lines = [{"certificate": line, "structure": _structure(line)} for line in left_out]
        html = render_to_string("certificates/archives/labels_apart_sheet.html", {"lines": lines})
        book.add(html, title="Sans étiquette")
    book.write(into)
    return len(labels)


def _label(certificate: Certificate) -> Label:
    """The structure where the holder is today, at its address of today."""
    structure = _structure(certificate)
    lines = [
        structure.name,
        f"à l’attention de {certificate.full_name}",
        *structure.address.splitlines(),
        f"{structure.postcode} {structure.city}",
    ]
    return Label(certificate.number, lines, _size(lines))


def _size(lines: list[str]) -> str:
    for name, points in SIZES:
        rows = sum(ceil(_width(line) * points / WIDTH) for line in lines)
        if rows * points * LEADING <= HEIGHT:
            return name
    return SIZES[-1][0]


def _width(line: str) -> float:
    return sum(CAPITAL if letter.isupper() else LETTER for letter in line)


def _structure(certificate: Certificate) -> Structure:
    return certificate.enrollment.structure
