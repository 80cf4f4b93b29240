"""Texts that people type, the reason of an act above all: stored whole or refused, never cut."""

import unicodedata

from core.errors import DomainError
from core.formats import number

LONGEST_REASON = 500
"""A few words beside an act, in characters: what forms, services and columns hold."""
LONGEST_EXPLANATION = 2_000
"""An answer that explains a decision, in characters."""


def required_reason(text: str, *, missing: str, name: str = "Le motif", most: int = LONGEST_REASON) -> str:
    """The reason without the blanks around it. Refused with `missing` when there is none, and as `whole_text` does."""
    reason = whole_text(text, name=name, most=most)
    if not reason:
        raise DomainError(missing)
    return reason


def whole_text(text: str, *, name: str = "Le motif", most: int = LONGEST_REASON) -> str:
    """A text without the blanks around it, maybe empty, one line feed at each line end.

    Refused, in a sentence about `name`, when longer than `most` characters or with a sign that no database keeps.
    """
    text = text.replace("\r\n", "\n").strip()
    if not all(map(is_storable, text)):
        raise DomainError(f"{name} contient un caractère invisible : retapez le texte à la main.")
    if len(text) > most:
        raise DomainError(
            f"{name} compte {number(len(text))} caractères, {number(len(text) - most)} de trop : "
            f"il en tient {number(most)} au plus."
        )
    return text


def is_storable(sign: str) -> bool:
    """Neither a control character nor half a surrogate pair, which no database stores; line ends and tabs are."""
    return sign in "\n\r\t" or unicodedata.category(sign) not in ("Cc", "Cs")
