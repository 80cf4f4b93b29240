"""The columns of a promotion, the spellings their headings may have, and how a cell is understood."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from core import clock
from core.errors import DomainError
from core.formats import joined
from core.text_folding import folded
from trainees.enums import Sex
from trainees.services.enrollments.identities import LEAST_AGE, MOST_AGE

BOM = "\ufeff"
MOST_TITLE_ROWS = 10
NAMES = {"birth_name", "usage_name", "first_names", "birth_place"}
"""Columns in which a word may truly start with an apostrophe."""

SEXES = {"f": Sex.FEMALE, "femme": Sex.FEMALE, "feminin": Sex.FEMALE} | dict.fromkeys(
    ("m", "h", "homme", "masculin"), Sex.MALE
)


@dataclass(frozen=True)
class Column:
    """`field` is what a cell becomes; `required` columns must stand in the file and be filled."""

    field: str
    heading: str
    spellings: tuple[str, ...] = ()
    required: bool = False


COLUMNS = (
    Column("birth_name", "Nom de naissance", ("nom",), required=True),
    Column("usage_name", "Nom d’usage", ("nom usage", "nom d epouse", "nom marital")),
    Column("first_names", "Prénoms", ("prenom", "prenom s"), required=True),
    Column("sex", "Sexe", ("genre", "sexe f m"), required=True),
    Column("birth_date", "Date de naissance", ("ne le", "nee le", "naissance"), required=True),
    Column("birth_place", "Commune de naissance", ("lieu de naissance", "ville de naissance")),
    Column("birth_insee", "Code INSEE de naissance", ("code insee", "insee")),
    Column("birth_country", "Pays de naissance", ("pays",)),
    Column("email", "Courriel", ("e mail", "email", "mail", "adresse e mail", "adresse mail")),
    Column("phone", "Téléphone", ("tel", "portable", "mobile", "numero de telephone")),
    Column("start", "Début du contrat", ("debut de contrat", "date de debut", "debut"), required=True),
    Column("end", "Fin du contrat", ("fin de contrat", "date de fin", "fin"), required=True),
    Column("weekly_hours", "Heures hebdo", ("heures par semaine", "heures hebdomadaires"), required=True),
    Column("support", "Support de production", ("support",), required=True),
    Column("referent", "Référent (courriel)", ("referent", "courriel du referent"), required=True),
    Column(
        "funding_number",
        "Numéro de prise en charge",
        ("numero de l accord de prise en charge", "accord de prise en charge", "numero apc", "apc"),
    ),
)
HEADINGS = {column.field: column.heading for column in COLUMNS}
EXAMPLE = (
    "MARTIN;;Jeanne;F;14/03/1979;Sète;34301;France;jeanne@courriel.example;06 12 34 56 78;"
    "02/09/2026;01/09/2027;26;Espaces verts;referent@structure.example;APC-2026-00417"
)


def model_file() -> bytes:
    """A promotion to fill in, with one line as an example, as spreadsheets in France open it at once."""
    heading = ";".join(column.heading for column in COLUMNS)
    return f"{BOM}{heading}\r\n{EXAMPLE}\r\n".encode()


def understand_headings(cells: list[str]) -> list[Column | None]:
    """The column that each heading names, None under an empty one.

    Refused, all at once, when headings are unknown or twice there, or when required columns are missing.
    """
    known = {folded(name): column for column in COLUMNS for name in (column.heading, *column.spellings)}
    found = [known.get(folded(cell)) for cell in cells]
    unknown = [f"« {cell[:60]} »" for cell, column in zip(cells, found, strict=True) if cell and not column]
    twice = {column.heading for column in found if column and found.count(column) > 1}
    missing = [f"« {column.heading} »" for column in COLUMNS if column.required and column not in found]
    if len(missing) == sum(column.required for column in COLUMNS):
        raise DomainError(
            "Le début de ce fichier ne porte aucun des titres attendus. "
            "Téléchargez le modèle et recopiez-y vos lignes, ou ajoutez les titres."
        )
    faults = []
    if missing:
        faults.append(f"Il manque les colonnes {joined(missing)}.")
    if unknown:
        faults.append(f"Ces colonnes ne sont pas connues : {joined(unknown)}. Renommez-les ou retirez-les.")
    if twice:
        faults.append(f"Ces colonnes sont en double : {joined(sorted(twice))}.")
    if faults:
        raise DomainError(" ".join(faults))
    return found


def heading_place(rows: list[list[str]]) -> int:
    """Where the headings are: the first row with most of the required ones, else the first of all.

    Above them a spreadsheet may hold a title, a date, or « sep=; ».
    """
    required = [column for column in COLUMNS if column.required]
    for place, cells in enumerate(rows[:MOST_TITLE_ROWS]):
        found = {folded(cell) for cell in cells}
        if sum(_is_named_in(column, found) for column in required) > len(required) / 2:
            return place
    return 0


def _is_named_in(column: Column, words: set[str]) -> bool:
    return any(folded(name) in words for name in (column.heading, *column.spellings))


def read_date(text: str) -> date:
    """« 14/03/1979 », « 14-3-1979 », « 1979-03-14 »; « 01/09/26 » is of this century."""
    return _date_of(text, _year_of_this_century)


def read_birth_date(text: str) -> date:
    """As `read_date`; « 14.03.79 » is the one year that makes an age at which people are enrolled."""
    return _date_of(text, _year_of_birth)


def _date_of(text: str, full_year: Callable[[int], int]) -> date:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?", text):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", text):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2})", text):
        day, month, year = map(int, match.groups())
        year = full_year(year)
    else:
        raise ValueError(f"« {text[:40]} » n’est pas une date. Écrivez-la comme 14/03/1979.")
    if year not in clock.YEARS:
        raise ValueError(f"Le {text} est trop loin d’aujourd’hui. Vérifiez l’année.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"Le {text} n’existe pas dans le calendrier. Vérifiez la date.") from error


def _year_of_this_century(digits: int) -> int:
    return clock.today().year // 100 * 100 + digits


def _year_of_birth(digits: int) -> int:
    today = clock.today().year
    for year in (_year_of_this_century(digits), _year_of_this_century(digits) - 100):
        if LEAST_AGE <= today - year <= MOST_AGE:
            return year
    raise ValueError(f"De quel siècle est l’année {digits:02} ? Écrivez-la en quatre chiffres.")


def read_hours(text: str) -> Decimal:
    """« 26 », « 26,5 », « 26.50 », « 26 h », « 26h30 »."""
    bare = text.replace(" ", "").replace("\u00a0", "").casefold()
    if match := re.fullmatch(r"(\d{1,2})h([0-5]\d)", bare):
        full, minutes = map(int, match.groups())
        return round(Decimal(full) + Decimal(minutes) / 60, 2)
    try:
        return Decimal(re.sub(r"h$", "", bare).replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(
            f"« {text[:40]} » n’est pas un nombre d’heures. Écrivez-le en chiffres : 26 ou 26,5."
        ) from error


def read_sex(text: str) -> str:
    """F or M; a few ways to write them. Anything else is given back for the identity's rule to refuse."""
    return SEXES.get(folded(text), text)
