"""What the facts attached to a file say, beside what the register says.

They are only told apart where the register is public: a file with a guessed birthplace must not learn whether
it is the right one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificates.documents.credentials.certificate_payload import facts_of
from certificates.models import Certificate
from core.formats import joined, shortdate

COMPARED = {
    "holder.first_names": "Prénoms",
    "holder.birth_name": "Nom de naissance",
    "holder.usage_name": "Nom d’usage",
    "holder.birth_date": "Date de naissance",
    "title": "Certification",
    "domains": "Domaines validés",
    "production_support": "Support de production",
    "rome_codes": "Codes ROME",
    "jury.date": "Date du jury",
    "jury.place": "Lieu du jury",
    "number": "Numéro du registre",
    "delivered_on": "Délivré le",
    "certifier": "Délivré par",
    "code": "Code",
}
"""The facts that the verification shows, by their place in the attached file."""

DATES = {"holder.birth_date", "jury.date", "delivered_on"}
MOVES = "verification"
"""The only fact that may change after the file was made: the address of this site."""

LONGEST_SAID = 200


@dataclass(frozen=True)
class Difference:
    """One fact: what the file says, what it should say."""

    field: str
    said: str
    expected: str

    @property
    def label(self) -> str:
        return COMPARED[self.field]


def differences(certificate: Certificate, files: Iterable[dict[str, Any]]) -> tuple[Difference, ...]:
    """The public facts that one of the versions in a file tells otherwise than the register."""
    expected = facts_of(certificate)
    return tuple(
        Difference(field, _as_text(field, said[0]), _as_text(field, _at(expected, field)))
        for field in COMPARED
        if (said := [value for facts in files if (value := _at(facts, field)) != _at(expected, field)])
    )


def same_facts(certificate: Certificate, files: Iterable[dict[str, Any]]) -> bool:
    """Whether a file carries the facts of this line, all of them, and no others."""
    expected = facts_of(certificate)
    versions = list(files)
    return bool(versions) and all({**facts, MOVES: expected[MOVES]} == expected for facts in versions)


def _at(facts: dict[str, Any], field: str) -> Any:
    value: Any = facts
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return "" if value is None else value


def _as_text(field: str, value: Any) -> str:
    """A value of any shape as a line to read, without the signs that would disturb the page."""
    if value == "":
        return "rien"
    if field in DATES and isinstance(value, str):
        try:
            return shortdate(date.fromisoformat(value))
        except ValueError:
            pass
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = joined(value)
    if not isinstance(value, str | int | float):
        return "illisible"
    text = "".join(sign if sign.isprintable() or sign == "\u00a0" else " " for sign in str(value))
    return text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"
