"""The characters that the typefaces of certificates have, and the width of texts."""

import unicodedata
from functools import lru_cache
from importlib.metadata import distribution

from fontTools.ttLib import TTFont

SANS = ("font-source-sans-pro", "font_source_sans_pro/files/SourceSansPro-Regular.ttf")
SANS_BOLD = ("font-source-sans-pro", "font_source_sans_pro/files/SourceSansPro-Semibold.ttf")
SERIF = ("font-source-serif-pro", "font_source_serif_pro/files/SourceSerifPro-Regular.ttf")
NAME_FONT = ("font-source-serif-pro", "font_source_serif_pro/files/SourceSerifPro-Semibold.ttf")
FONTS = (SANS, SANS_BOLD, SERIF, NAME_FONT)
POINTS_PER_MM = 72 / 25.4


def missing_glyphs(text: str) -> str:
    """The characters of a text that one of our typefaces lacks, each once, in the order of the text."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(dict.fromkeys(letter for letter in composed if ord(letter) not in _in_all_fonts()))


def quoted(letter: str) -> str:
    """« م »: a letter to be quoted in a French sentence, whichever way its script runs."""
    if unicodedata.bidirectional(letter) in ("R", "AL"):
        letter = f"\u2068{letter}\u2069"
    return f"«\u00a0{letter}\u00a0»"


def text_width(text: str, font: tuple[str, str]) -> float:
    """How wide a text is in one of `FONTS`, in multiples of its size, kerning left out."""
    widths = _widths(*font)
    return sum(widths.get(ord(letter), 1.0) for letter in text)


def name_width(text: str) -> float:
    """How wide a name is in the typeface of names, in multiples of its size, kerning left out."""
    return text_width(text, NAME_FONT)


def size_to_fit(text: str, *, width: float, largest: float, least: float) -> float:
    """The size in points at which a name fits in `width` millimetres, between `least` and `largest`.

    A longer name than fits at `least` gets that size.
    """
    fitting = width * POINTS_PER_MM / max(name_width(text), 1.0)
    return round(min(largest, max(least, fitting)), 1)


@lru_cache(maxsize=1)
def _in_all_fonts() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(_widths(*font)) for font in FONTS))


@lru_cache(maxsize=len(FONTS))
def _widths(package: str, path: str) -> dict[int, float]:
    """Each character of a typeface, with its width in multiples of the size."""
    with TTFont(distribution(package).locate_file(path), lazy=True) as font:
        advances, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {letter: advances[glyph][0] / em for letter, glyph in font.getBestCmap().items()}
