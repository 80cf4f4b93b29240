"""From the bytes of a file to lines of cells, whatever spreadsheet saved it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import DomainError
from core.formats import number

MOST_BYTES = 1024 * 1024
MOST_LINES = 500
DELIMITERS = ";,\t"
HOW_TO_SAVE = "Dans le tableur : « Enregistrer sous », type « CSV UTF-8 (séparateur : point-virgule) »."
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


def read_table(content: bytes) -> list[Record]:
    """The lines that hold something, the header first; refused when this is no table that can be read."""
    text = _decode(content)
    delimiter = max(DELIMITERS, key=text.lstrip().partition("\n")[0].count)
    records = list(_records(text, delimiter))
    if not records:
        raise DomainError("Ce fichier est vide. Téléchargez le modèle, remplissez-le, puis recommencez.")
    if len(records) > MOST_LINES + 1:
        count = number(len(records) - 1)
        raise DomainError(
            f"Ce fichier compte {count} lignes ; il en tient {MOST_LINES}. Découpez-le par promotion."
        )
    return records


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise DomainError(
            "Ce fichier dépasse 1 Mo ; une promotion en fait bien moins. Est-ce le bon fichier ?"
        )
    for start, sentence in OTHER_KINDS.items():
        if content.startswith(start):
            raise DomainError(sentence)
    try:
        return _text(content)
    except UnicodeDecodeError as error:
        raise DomainError(f"Les lettres de ce fichier ne se lisent pas. {HOW_TO_SAVE}") from error


def _text(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else what Windows spreadsheets write in France."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\x00" in content:
        raise UnicodeDecodeError("utf-8", content[:20], 0, 1, "binary")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252")


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
