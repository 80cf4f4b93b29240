"""Two spellings of the same words, made equal: for comparing and searching, never to store or to show."""

import re
import unicodedata

ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]")
"""Combining marks of Latin, Greek and Cyrillic letters, and variation selectors. The vowels of other scripts stay."""

SIGNS_CALLED_LETTERS = re.compile("[\u02b0-\u02ff\ua788-\ua78c]")
"""Apostrophes and tone signs that Unicode counts as letters, as in « d\u02bcEté »."""

LIGATURES = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n"}
    | {"ı": "i", "ĸ": "k"}
)
"""Latin letters that Unicode does not take apart; ß becomes « ss » with the capitals."""


def folded(text: str) -> str:
    """The words of a text in small letters without accents, one space between them.

    « L’Œuvre — Été » → « l oeuvre ete ». Ligatures are spelt out; apostrophes, hyphens, punctuation and signs of every
    kind separate words; invisible characters (zero width, soft hyphen, byte order mark, direction of writing) are as
    if they were not there. Letters and digits of every script stay, so that no name becomes empty.
    """
    small = _decomposed(_decomposed(text).casefold()).translate(LIGATURES)
    bare = SIGNS_CALLED_LETTERS.sub(" ", ACCENTS.sub("", small))
    signs = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in bare if _is_visible(sign))
    return unicodedata.normalize("NFC", " ".join("".join(signs).split()))


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) != "Cf"
