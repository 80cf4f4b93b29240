"""Names in letters that the typefaces of the certificates lack, in Latin letters: a proposal, to be compared.

The passport has the last word: its visual zone gives the spelling that the person goes by. Arabic and Persian
follow the table of ICAO Doc 9303-3 (section 6, C), without the « X » that only tells letters apart to machines;
they are written without their short vowels, which no table can give back. Georgian and Armenian follow the
national tables of their passports. Whatever our typefaces write, accents and scripts included, is left as it is.
"""

import unicodedata

from certificates.documents.rendering.glyphs import missing_glyphs
from certificates.models import Certificate

WRITTEN = ("first_names", "birth_name", "usage_name", "birth_place", "birth_country")

ARABIC = {
    "ء": "", "آ": "A", "أ": "A", "ؤ": "U", "إ": "I", "ئ": "I", "ا": "A", "ٱ": "A", "ب": "B", "پ": "P",
    "ة": "H", "ت": "T", "ث": "TH", "ج": "J", "چ": "CH", "ح": "H", "خ": "KH", "د": "D", "ذ": "DH", "ر": "R",
    "ز": "Z", "ژ": "ZH", "س": "S", "ش": "SH", "ص": "S", "ض": "D", "ط": "T", "ظ": "Z", "ع": "E", "غ": "G",
    "ف": "F", "ق": "Q", "ک": "K", "ك": "K", "گ": "G", "ل": "L", "م": "M", "ن": "N", "ه": "H", "و": "W",
    "ى": "A", "ي": "Y", "ی": "Y", "ـ": "", "\u200c": "",
}  # fmt: skip
GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "A B G D E V Z T I K L M N O P ZH R S T U P K GH Q SH CH TS DZ TS CH KH J H".split(),
        strict=True,
    )
)
ARMENIAN = dict(
    zip(
        "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ",
        "A B G D E Z E Y T ZH I L KH TS K H DZ GH CH M Y N SH O CH P J R S V T R TS V P K O F".split(),
        strict=True,
    )
) | {"և": "EV"}
TABLE = ARABIC | GEORGIAN | ARMENIAN


def proposed_spelling(certificate: Certificate) -> dict[str, str]:
    """By field, each text of the identity that cannot be printed, in Latin letters as far as the tables know."""
    texts = {name: getattr(certificate, name) for name in WRITTEN}
    return {name: latin(text) for name, text in texts.items() if missing_glyphs(text)}


def latin(text: str) -> str:
    """A text whose letters that cannot be printed are replaced; those that no table knows stay, to be seen."""
    composed = unicodedata.normalize("NFC", text)
    for pair in ("ու", "Ու", "ՈՒ"):  # two Armenian letters for one sound
        composed = composed.replace(pair, "U")
    return " ".join(_word(word) for word in composed.split())


def _word(word: str) -> str:
    if not missing_glyphs(word):
        return word
    spelt = "".join(_letter(letter) if missing_glyphs(letter) else letter for letter in word)
    return spelt if word.isupper() else spelt.capitalize()


def _letter(letter: str) -> str:
    if unicodedata.category(letter) == "Mn":
        return ""
    for form in (letter, letter.upper(), letter.lower()):
        if form in TABLE:
            return TABLE[form]
    base = unicodedata.normalize("NFKD", letter)[0]
    return letter if missing_glyphs(base) else base
