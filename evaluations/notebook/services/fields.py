"""The fields of one entry as a phone sent it, read strictly: nothing is guessed, converted or cut."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from core.texts import is_storable
from trainees.enums import AbsenceReason

NAMES = {
    "absence": "le motif de l’absence",
    "comment": "le commentaire",
    "competency": "la compétence",
    "ends_at": "l’heure de fin",
    "form": "la forme de la séance",
    "half": "la demi-journée",
    "held_on": "le jour de la séance",
    "id": "l’identifiant",
    "minutes": "la durée",
    "module": "le module",
    "own_rank": "le niveau donné par la personne",
    "enrollment": "la personne",
    "place": "le lieu",
    "presences": "les présences",
    "rank": "le niveau",
    "seen_on": "le jour",
    "session": "la séance",
    "signed_at": "le moment de la signature",
    "situation": "la situation",
    "starts_at": "l’heure de début",
    "structure": "la structure",
    "theme": "le thème",
    "trainer": "le formateur",
}
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
HOUR = re.compile(r"\d\d:\d\d", re.ASCII)
LONGEST_MOMENT = 40
YEARS = range(2000, 2100)
"""Outside them no clock is merely wrong, and a change of zone may leave the calendar."""


class Unreadable(Exception):
    """An entry that cannot be read, with the French sentence that says so."""


def unreadable(name: str) -> Unreadable:
    return Unreadable(
        f"Cette saisie n’est pas lisible : {NAMES[name]} manque ou n’a pas la forme attendue. "
        "Rechargez la page, puis refaites cette saisie."
    )


def is_identifier(raw: Any) -> bool:
    """An id in the one writing that both sides compare: lower-case, with hyphens."""
    return isinstance(raw, str) and IDENTIFIER.fullmatch(raw) is not None


class Fields:
    """The fields of one JSON object; each reader raises `Unreadable` for what is not exactly of its kind."""

    def __init__(self, raw: dict) -> None:
        self.raw = raw

    def identifier(self, name: str) -> UUID:
        raw = self.raw.get(name)
        if not is_identifier(raw):
            raise unreadable(name)
        return UUID(raw)

    def identifier_or_none(self, name: str) -> UUID | None:
        return None if self.raw.get(name) is None else self.identifier(name)

    def whole(self, name: str, most: int) -> int:
        """A whole number from 0 to `most`: neither true, which Python counts as 1, nor 1.0."""
        raw = self.raw.get(name)
        if type(raw) is not int or not 0 <= raw <= most:
            raise unreadable(name)
        return raw

    def whole_or_none(self, name: str, most: int) -> int | None:
        return None if self.raw.get(name) is None else self.whole(name, most)

    def day(self, name: str) -> date:
        return self._read(name, DAY, date.fromisoformat)

    def hour(self, name: str) -> time:
        return self._read(name, HOUR, time.fromisoformat)

    def moment(self, name: str) -> str:
        """The text of a date and time with its zone; the text itself is what a signature is computed from."""
        raw = self.raw.get(name)
        if not isinstance(raw, str) or len(raw) > LONGEST_MOMENT:
            raise unreadable(name)
        try:
            moment = datetime.fromisoformat(raw)
        except ValueError:
            raise unreadable(name) from None
        if not moment.tzinfo or moment.year not in YEARS:
            raise unreadable(name)
        return raw

    def words(self, name: str) -> str:
        """A text that every database writes and that both sides hash alike."""
        raw = self.raw.get(name)
        if not isinstance(raw, str) or not all(map(is_storable, raw)):
            raise unreadable(name)
        return raw.strip()

    def words_or_none(self, name: str) -> str:
        return "" if self.raw.get(name) is None else self.words(name)

    def choice(self, name: str, values: Iterable[str]) -> str:
        raw = self.raw.get(name)
        if not isinstance(raw, str) or raw not in values:
            raise unreadable(name)
        return raw

    def absence(self) -> str:
        if self.raw.get("absence") is None:
            return ""
        return self.choice("absence", ("", *AbsenceReason.values))

    def rows(self, name: str, most: int) -> list:
        raw = self.raw.get(name)
        if not isinstance(raw, list) or len(raw) > most:
            raise unreadable(name)
        return raw

    def _read(self, name: str, shape: re.Pattern, read: Any) -> Any:
        raw = self.raw.get(name)
        try:
            if isinstance(raw, str) and shape.fullmatch(raw):
                return read(raw)
        except ValueError:
            pass
        raise unreadable(name)
