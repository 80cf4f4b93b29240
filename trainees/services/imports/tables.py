"""From the bytes of a file to lines of cells, whatever spreadsheet saved it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import DomainError
from core.formats import number
from trainees.services.imports.encodings import HOW_TO_SAVE, read_text

MOST_BYTES = 1024 * 1024
MOST_LINES = 500
DELIMITERS = ";,\t"
OTHER_KINDS = {
    b"%PDF": f"Ce fichier est un PDF, pas un tableau. {HOW_TO_SAVE}",
    b"PK\x03\x04": f"Ce fichier est un classeur (.xlsx ou .ods). {HOW_TO_SAVE}",
    b"\xd0\xcf\x11\xe0": f"Ce fichier est un ancien classeur (.xls). {HOW_TO_SAVE}",
}


@dataclass(frozen=True)
class Record:
    """One line of the file that is not empty; `line` is its number, as a spreadsheet shows it."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The lines of a file, and the name of the encoding that they were read in."""

    records: list[Record]
    encoding: str


def read_table(content: bytes, encoding: str = "") -> Table:
    """The lines that hold something; refused when this is no table that can be read."""
    _check_kind(content)
    reading = read_text(content, encoding)
    first_lines = reading.text.splitlines()[:20]
    delimiter = max(DELIMITERS, key=lambda sign: max((line.count(sign) for line in first_lines), default=0))
    records = list(_records(reading.text, delimiter))
    if not records:
        raise DomainError("Ce fichier est vide. Téléchargez le modèle, remplissez-le, puis recommencez.")
    if len(records) > MOST_LINES + 1:
        count = number(len(records) - 1)
        raise DomainError(
            f"Ce fichier compte {count} lignes ; il en tient {MOST_LINES}. Découpez-le par promotion."
        )
    return Table(records, reading.name)


def _check_kind(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise DomainError(
            "Ce fichier dépasse 1 Mo ; une promotion en fait bien moins. Est-ce le bon fichier ?"
        )
    for start, sentence in OTHER_KINDS.items():
        if content.startswith(start):
            raise DomainError(sentence)


def _records(text: str, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield Record(line, [cell.strip(" \u00a0\u202f") for cell in cells])
    except csv.Error as error:
        raise DomainError(
            f"Le fichier ne se lit plus à partir de la ligne {last + 1} : un guillemet n’y est pas fermé, "
            "ou une cellule y est trop longue. Corrigez-la dans le tableur."
        ) from error
