"""From the bytes of a file to its text, whatever system saved it.

UTF-8 and UTF-16 prove themselves. The eight-bit encodings of Windows, of old Macs and of DOS do not: every byte is a
letter in each of them. The right one is that whose words are French; when two are, the reader is asked.
"""

import re
import unicodedata
from dataclasses import dataclass

from core.errors import DomainError
from core.formats import joined

NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows",
    "mac_roman": "Mac Roman",
    "cp850": "DOS (CP850)",
}
EIGHT_BITS = ("cp1252", "mac_roman", "cp850")
FRENCH = set("àâçéèêëîïôùûüÿœæ’«»°…–—€\u00a0\u202f")
APOSTROPHES = set("’´")
IMPOSSIBLE = 1000
HOW_TO_SAVE = "Dans le tableur : « Enregistrer sous », type « CSV UTF-8 (séparateur : point-virgule) »."
UNREADABLE = f"Les lettres de ce fichier ne se lisent pas. {HOW_TO_SAVE}"


@dataclass(frozen=True)
class Reading:
    """The text of a file in one encoding; `sample` is a word that other encodings read otherwise."""

    encoding: str
    text: str
    sample: str = ""

    @property
    def name(self) -> str:
        return NAMES[self.encoding]


class AmbiguousLetters(DomainError):
    """A file whose words are French in two encodings: whoever sends it says which."""

    def __init__(self, readings: list[Reading]) -> None:
        self.readings = readings
        words = [f"« {reading.sample} » ({reading.name})" for reading in readings]
        super().__init__(
            f"Les accents de ce fichier se lisent de plusieurs façons : {joined(words)}. "
            "Choisissez la bonne, ou enregistrez le fichier en UTF-8."
        )


def read_text(content: bytes, encoding: str = "") -> Reading:
    """The text of a file, in the encoding that was chosen or that its words show.

    Refused when no encoding gives words, when letters are already lost, and when several do: `AmbiguousLetters`.
    """
    candidates = [encoding] if encoding in NAMES else _candidates(content)
    readings = [reading for name in candidates if (reading := _decoded(content, name))]
    if len(candidates) > 1:
        doubts = {reading: _doubt(reading.text) for reading in readings}
        least = min(doubts.values(), default=IMPOSSIBLE)
        readings = [reading for reading in readings if doubts[reading] == least < IMPOSSIBLE]
    if not readings or "\ufffd" in readings[0].text:
        raise DomainError(UNREADABLE)
    if len({reading.text for reading in readings}) > 1:
        raise AmbiguousLetters(_with_samples(readings))
    return readings[0]


def _candidates(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\x00" in content:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8-sig",) if _decoded(content, "utf-8-sig") else EIGHT_BITS


def _decoded(content: bytes, encoding: str) -> Reading | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return Reading(encoding, _encoded_once(text) if encoding == "utf-8-sig" else text)


def _encoded_once(text: str) -> str:
    """« PrÃ©noms » is UTF-8 that was read as Windows and saved again: by chance no words are."""
    try:
        return text.encode("cp1252").decode("utf-8-sig")
    except UnicodeError:
        return text


def _doubt(text: str) -> int:
    """How far a text is from French words: one for each letter that French lacks, more for what no word has."""
    padded = f" {text} "
    return sum(
        _doubt_of(sign, padded[at - 1], padded[at + 1])
        for at, sign in enumerate(padded)
        if not sign.isascii() or (unicodedata.category(sign) == "Cc" and not sign.isspace())
    )


def _doubt_of(sign: str, before: str, after: str) -> int:
    inside = before.isalpha() and after.isalpha()
    if sign in APOSTROPHES and inside:
        return 1
    if unicodedata.category(sign) not in ("Lu", "Ll"):
        return 0 if sign in FRENCH and not inside else IMPOSSIBLE
    # A capital stands at the start of a word or among capitals.
    small_before = before.islower() or (before.isupper() and after.islower())
    if (sign.isupper() and small_before) or (sign.islower() and after.isupper()):
        return IMPOSSIBLE
    return 0 if sign.lower() in FRENCH else 1


def _with_samples(readings: list[Reading]) -> list[Reading]:
    """The readings with the first word that they do not share: eight-bit encodings keep its place."""
    signs = zip(*(reading.text for reading in readings), strict=True)
    at = next(place for place, row in enumerate(signs) if len(set(row)) > 1)
    start = max(map(len, re.findall(r"[^\s;,\"]*$", readings[0].text[:at])))
    return [
        Reading(one.encoding, one.text, re.split(r"[\s;,\"]", one.text[at - start :])[0][:60])
        for one in readings
    ]
