"""Employers that are known by their name alone."""

import re
import unicodedata


def folded(name: str) -> str:
    """A name without capitals, accents, spaces or signs: « Les Jardins d’Été » → « lesjardinsdete »."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]", "", "".join(sign for sign in letters if not unicodedata.combining(sign)))
