"""The differences between the payload attached to a file and that of the register.

Only the values that the verification publishes are compared one by one: whoever sends a file with a guessed
birthplace must not learn whether it is the right one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificates.documents.credentials.certificate_payload import certificate_payload
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
"""The values that the verification shows, by their path in the payload."""

DATES = {"holder.birth_date", "jury.date", "delivered_on"}
VARIABLE = "verification"
"""The only value that may change after the file was made: it holds the address of this site."""

LONGEST_TEXT = 200


@dataclass(frozen=True)
class Difference:
    """One value: as found in the file, and as the register has it."""

    field: str
    found: str
    expected: str

    @property
    def label(self) -> str:
        return COMPARED[self.field]


def differences(certificate: Certificate, payloads: Iterable[dict[str, Any]]) -> tuple[Difference, ...]:
    """The public values that differ from the register in one of the payloads of a file."""
    expected = certificate_payload(certificate)
    return tuple(
        Difference(field, _as_text(field, found[0]), _as_text(field, _at(expected, field)))
        for field in COMPARED
        if (
            found := [value for payload in payloads if (value := _at(payload, field)) != _at(expected, field)]
        )
    )


def same_payload(certificate: Certificate, payloads: Iterable[dict[str, Any]]) -> bool:
    """Whether every payload of a file, and there is one, equals that of this line."""
    expected = certificate_payload(certificate)
    versions = list(payloads)
    return bool(versions) and all(
        {**payload, VARIABLE: expected[VARIABLE]} == expected for payload in versions
    )


def _at(payload: dict[str, Any], field: str) -> Any:
    value: Any = payload
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return "" if value is None else value


def _as_text(field: str, value: Any) -> str:
    """A value of any shape as a line to read, without the characters that cannot be printed."""
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
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
