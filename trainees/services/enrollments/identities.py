"""The identity of a person, as the certificate and the CDC print it: tidying and faults.

`faults(…)` name the field and say in French what is wrong, all at once: forms and imports show them
beside what was typed, services refuse with the first.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core import clock
from core.formats import grouped, joined, shortdate
from core.text_folding import folded
from trainees.enums import Sex
from trainees.models import Trainee

ANOTHER = "other"  # the answer that somebody is not one of the people who look like them
LEAST_AGE = 16
MOST_AGE = 80
LONGEST = {"birth_name": 60, "usage_name": 60, "first_names": 100, "birth_place": 80, "birth_country": 60}
NAMES = {
    "birth_name": "Le nom de naissance",
    "usage_name": "Le nom d’usage",
    "first_names": "Les prénoms",
    "birth_place": "La commune de naissance",
    "birth_country": "Le pays de naissance",
}
MISSING = {
    "birth_name": "Le nom de naissance manque : le certificat le porte. Recopiez l’état civil.",
    "first_names": "Les prénoms manquent : le certificat les porte. Recopiez l’état civil.",
    "birth_country": "Le pays de naissance manque : écrivez « France » ou le pays.",
}
FORMULA_STARTS = ("=", "+", "-", "@")
BIDI_CONTROLS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
PEOPLE_NAMES = ("birth_name", "usage_name", "first_names")
DRAWN_CATEGORIES = {"So", "Sm"}  # emoji and signs, which the typeface of the certificate does not hold
HIDDEN_CATEGORIES = {"Cc", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as on their identity document; `email` and `phone` are how to reach them."""

    birth_name: str
    first_names: str
    sex: str
    birth_date: date
    usage_name: str = ""
    birth_place: str = ""
    birth_insee: str = ""
    birth_country: str = "France"
    email: str = ""
    phone: str = ""

    @classmethod
    def of(cls, trainee: Trainee) -> "Identity":
        return cls(**{name: getattr(trainee, name) for name in cls.__dataclass_fields__})

    @property
    def key(self) -> tuple:
        """Two identities with the same key are one person: names, birth date and birthplace, whatever the capitals."""
        return (
            self.birth_name.casefold(),
            self.first_names.casefold(),
            self.birth_date,
            self.birth_place.casefold(),
        )

    def resembles(self, other: "Identity") -> bool:
        """Whether two identities may be one person, whom a human then tells apart: born on the same day, and either
        the same letters, or every word of one among those of the other (fewer first names, another order, a married
        name), whatever the accents, hyphens and apostrophes.
        """
        one, two = (
            {*folded(f"{who.birth_name} {who.usage_name} {who.first_names}").split()} for who in (self, other)
        )
        letters = {folded(f"{who.birth_name} {who.first_names}").replace(" ", "") for who in (self, other)}
        return self.birth_date == other.birth_date and (one <= two or two <= one or len(letters) == 1)

    def tidy(self) -> "Identity":
        """The same words in any script, with their spaces, accents (NFC), capitals and phone put in order."""
        return replace(
            self,
            birth_name=tidy_text(self.birth_name).upper(),
            usage_name=tidy_text(self.usage_name),
            first_names=tidy_text(self.first_names),
            birth_place=tidy_text(self.birth_place),
            birth_country=tidy_text(self.birth_country),
            birth_insee=tidy_text(self.birth_insee).upper(),
            email=self.email.strip(),
            phone=tidy_phone(self.phone),
        )

    def __str__(self) -> str:
        return f"{self.first_names} {self.usage_name or self.birth_name}"


def tidy_text(text: str) -> str:
    """Composed accents (NFC), no space at the ends, one plain space inside.

    Line ends and tabulators are left as they are, for `text_fault` to refuse.
    """
    text = "".join(" " if unicodedata.category(mark) == "Zs" else mark for mark in text)
    return re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip(" ")


def tidy_phone(text: str) -> str:
    """« 06 12 00 11 01 » for a French number however it was spelt, « +212612001101 » for another."""
    bare = re.sub(r"[\s.\-/()\u00a0\u202f]", "", text)
    bare = re.sub(r"^00", "+", bare)
    bare = re.sub(r"^\+33\(?0?\)?", "0", bare)
    if re.fullmatch(r"[1-9][0-9]{8}", bare):  # a spreadsheet took it for a number
        bare = f"0{bare}"
    if re.fullmatch(r"0[1-9][0-9]{8}", bare):
        return grouped(bare, 2)
    return bare


def text_fault(text: str, *, name: str, most: int) -> str:
    """Why a short text is refused, as a sentence about `name`; empty when it can."""
    if any(unicodedata.category(mark) in HIDDEN_CATEGORIES or mark in BIDI_CONTROLS for mark in text):
        return f"{name} contient un caractère invisible. Retapez-le à la main."
    if "\ufffd" in text:
        return f"{name} a perdu une lettre accentuée (« \ufffd »). Retapez-le à la main."
    if text.startswith(FORMULA_STARTS):
        return f"{name} commence par « {text[0]} », comme une formule de tableur. Écrivez le texte seul."
    if len(text) > most:
        return f"{name} compte {len(text)} caractères, il en tient {most} au plus. Raccourcissez-le."
    return ""


def identity_faults(identity: Identity, *, on: date | None = None) -> dict[str, str]:
    """Every fault of a tidied identity, by field; `on` is the day the age counts, the contract's first."""
    faults = {
        **{name: _text_field_fault(identity, name) for name in LONGEST},
        "sex": "" if identity.sex in Sex.values else "Le sexe est F ou M, comme à l’état civil.",
        "birth_date": _age_fault(identity.birth_date, on or clock.today()),
        "birth_insee": _insee_fault(identity),
        "email": _email_fault(identity.email),
        "phone": _phone_fault(identity.phone),
    }
    return {name: fault for name, fault in faults.items() if fault}


def _text_field_fault(identity: Identity, name: str) -> str:
    text = getattr(identity, name)
    if fault := text_fault(text, name=NAMES[name], most=LONGEST[name]):
        return fault
    drawn = next((mark for mark in text if unicodedata.category(mark) in DRAWN_CATEGORIES), "")
    if drawn and name in PEOPLE_NAMES:
        verb = "contiennent" if name == "first_names" else "contient"
        return f"{NAMES[name]} {verb} « {drawn} » : le certificat ne l’écrit pas. Recopiez l’état civil."
    if name in MISSING and not any(mark.isalpha() for mark in text):
        return MISSING[name]
    return ""


def _age_fault(birth_date: date, day: date) -> str:
    age = relativedelta(day, birth_date).years
    if birth_date > day:
        return "La date de naissance est à venir. Vérifiez l’année."
    if age < LEAST_AGE:
        return (
            f"{age} ans au début du contrat : il en faut au moins {LEAST_AGE}. Vérifiez l’année de naissance."
        )
    if age >= MOST_AGE:
        return f"{age} ans au début du contrat : vérifiez l’année de naissance."
    return ""


def _insee_fault(identity: Identity) -> str:
    code, abroad = identity.birth_insee, identity.birth_insee.startswith("99")
    if not code:
        return ""
    if not re.fullmatch(r"[0-9][0-9AB][0-9]{3}", code):
        return "Un code INSEE compte 5 caractères : 34301, 2A004, 99352 pour un pays étranger."
    if abroad and identity.birth_country.casefold() == "france":
        return "Un code INSEE qui commence par 99 est celui d’un pays étranger : corrigez le code ou le pays."
    return ""


def _email_fault(email: str) -> str:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return "Cette adresse e-mail n’est pas valable : elle s’écrit comme nom@exemple.fr."
    return ""


def _phone_fault(phone: str) -> str:
    if phone and not re.fullmatch(r"0[1-9]( [0-9]{2}){4}|\+[0-9]{8,15}", phone):
        return "Ce numéro n’est pas valable : 10 chiffres, ou + et l’indicatif du pays."
    return ""


def agreed(word: str, trainee: Trainee | Identity) -> str:
    """A past participle that agrees with the person: « inscrit » or « inscrite »."""
    return f"{word}e" if trainee.sex == Sex.FEMALE else word


def same_person(identity: Identity) -> Trainee | None:
    """The trainee already known under this identity, on every database whatever its capitals."""
    for trainee in Trainee.objects.filter(birth_date=identity.birth_date):
        if Identity.of(trainee).key == identity.key:
            return trainee
    return None


def look_alikes(identity: Identity, born: Iterable[Trainee] | None = None) -> list[Trainee]:
    """The trainees who may be this person, when none is known under this very identity; looked for in `born`
    where a caller has read those of several days at once.
    """
    if born is None:
        born = Trainee.objects.filter(birth_date=identity.birth_date)
    known = [(trainee, Identity.of(trainee)) for trainee in born]
    if any(other.key == identity.key for _, other in known):
        return []
    return [trainee for trainee, other in known if identity.resembles(other)]


def is_it_them(identity: Identity, people: list[Trainee]) -> str:
    """The question to whoever enrols somebody that looks like people already known."""
    known = joined(f"{one}, {agreed('né', one)} le {shortdate(one.birth_date)}" for one in people)
    return f"{identity} est peut-être déjà {agreed('connu', identity)} : {known}. Est-ce la même personne ?"
