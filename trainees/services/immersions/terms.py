"""The terms of a convention: tidied, then refused when a text or the hours are not valid."""

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.errors import DomainError
from core.formats import daterange, hours
from core.text_folding import folded
from core.texts import LONGEST_REASON
from structures.models.structure import check_siret
from trainees.enums import ImmersionPurpose
from trainees.models import Enrollment, Immersion
from trainees.rules.immersions import Schedule, minutes_between, schedule_fault
from trainees.services.enrollments.identities import BIDI_CONTROLS, HIDDEN_CATEGORIES, text_fault, tidy_text

SHORT_TEXTS = {
    "host_name": ("Le nom de l’entreprise", 120),
    "place": ("Le lieu", 200),
    "tutor_name": ("Le nom du tuteur", 120),
    "tutor_role": ("La fonction du tuteur", 120),
    "renewal_reason": ("La raison du renouvellement", LONGEST_REASON),
}
LONG_TEXTS = {"objectives": ("Le texte des objectifs", 1000), "tasks": ("La liste des activités", 1000)}


@dataclass(frozen=True)
class Terms:
    """The convention of one period. Without `planned_minutes` the schedule gives them."""

    host_name: str
    tutor_name: str
    purpose: str
    objectives: str
    starts_on: date
    ends_on: date
    planned_minutes: int | None = None
    host_siret: str = ""
    place: str = ""
    tutor_role: str = ""
    tutor_email: str = ""
    tasks: str = ""
    schedule: Schedule = field(default_factory=dict)
    renews: Immersion | None = None
    renewal_reason: str = ""

    @classmethod
    def of(cls, immersion: Immersion) -> "Terms":
        return cls(**{name: getattr(immersion, name) for name in cls.__dataclass_fields__})

    def tidy(self) -> "Terms":
        """The same words without stray spaces, and the minutes that the schedule gives when none were typed."""
        return replace(
            self,
            host_name=tidy_text(self.host_name),
            place=tidy_text(self.place),
            tutor_name=tidy_text(self.tutor_name),
            tutor_role=tidy_text(self.tutor_role),
            objectives=_tidy_lines(self.objectives),
            tasks=_tidy_lines(self.tasks),
            renewal_reason=tidy_text(self.renewal_reason) if self.renews else "",
            host_siret="".join(self.host_siret.split()),
            tutor_email=self.tutor_email.strip(),
        )

    def apply_to(self, immersion: Immersion) -> None:
        for name in self.__dataclass_fields__:
            setattr(immersion, name, getattr(self, name))


def check_words(terms: Terms, enrollment: Enrollment) -> None:
    """Refuse a convention without its host, tutor or objectives, and texts that are not valid."""
    if not terms.host_name or not terms.tutor_name or not terms.objectives:
        raise DomainError("La convention nomme l’entreprise, son tuteur et les objectifs. Complétez-les.")
    if terms.purpose not in ImmersionPurpose.values:
        raise DomainError("L’objet est un des trois que la loi prévoit (article L5135-1). Choisissez-le.")
    texts = [
        text_fault(getattr(terms, name), name=words, most=most) for name, (words, most) in SHORT_TEXTS.items()
    ]
    texts += [
        long_text_fault(getattr(terms, name), name=words, most=most)
        for name, (words, most) in LONG_TEXTS.items()
    ]
    if fault := next(filter(None, texts), ""):
        raise DomainError(fault)
    if terms.host_siret:
        _check_siret(terms.host_siret)
    _check_tutor(terms, enrollment)


def _check_siret(siret: str) -> None:
    try:
        check_siret(siret)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


def _check_tutor(terms: Terms, enrollment: Enrollment) -> None:
    trainee = enrollment.trainee
    words = word_set(terms.tutor_name)
    if any(
        words == word_set(f"{trainee.first_names} {name}")
        for name in (trainee.birth_name, trainee.shown_name)
    ):
        raise DomainError(
            "Le tuteur ne peut pas être la personne accueillie. Nommez quelqu’un de l’entreprise."
        )
    if terms.tutor_email:
        check_tutor_email(terms.tutor_email, enrollment)


def check_tutor_email(email: str, enrollment: Enrollment) -> None:
    """Refuse an address that is none, and that of the trainee, who would judge their own immersion."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(
            "L’adresse e-mail du tuteur n’est pas valable : elle s’écrit comme nom@exemple.fr."
        ) from error
    if len(email) > 254:
        raise DomainError("L’adresse e-mail du tuteur est trop longue : 254 caractères au plus.")
    if email.casefold() == enrollment.trainee.email.casefold():
        raise DomainError("Cette adresse est celle de la personne accueillie. Donnez celle du tuteur.")


def with_planned_minutes(terms: Terms) -> Terms:
    """The terms with their hours: those typed, or those that the schedule gives between the dates.

    Both may be given if they agree, public holidays counted or not. Refused when they contradict each other,
    and when there is neither.
    """
    if terms.schedule:
        if fault := schedule_fault(terms.schedule):
            raise DomainError(fault)
        terms = _with_schedule_minutes(terms)
    if not terms.planned_minutes or terms.planned_minutes <= 0:
        raise DomainError(
            "Une immersion prévoit des heures. Indiquez-en plus de zéro, ou donnez les horaires de chaque jour."
        )
    return terms


def _with_schedule_minutes(terms: Terms) -> Terms:
    worked, all_days = (
        minutes_between(terms.schedule, terms.starts_on, terms.ends_on, holidays=holidays)
        for holidays in (False, True)
    )
    if all_days == 0:
        raise DomainError("Aucun jour de ces horaires ne tombe entre les deux dates. Vérifiez-les.")
    if terms.planned_minutes is None:
        return replace(terms, planned_minutes=worked or all_days)
    if terms.planned_minutes not in (worked, all_days):
        raise DomainError(
            f"Les horaires donnent {hours(worked)} {daterange(terms.starts_on, terms.ends_on)}"
            f"{' sans les jours fériés' if worked != all_days else ''}, et la durée écrite est de "
            f"{hours(terms.planned_minutes)}. Corrigez l’un ou l’autre, ou laissez la durée vide."
        )
    return terms


def long_text_fault(text: str, *, name: str, most: int) -> str:
    """Why a text of several lines is refused, as a sentence about `name`; empty when it can."""
    bare = text.replace("\n", "").replace("\t", "")
    if any(unicodedata.category(mark) in HIDDEN_CATEGORIES or mark in BIDI_CONTROLS for mark in bare):
        return f"{name} contient un caractère invisible. Retapez-le à la main."
    if len(text) > most:
        return f"{name} compte {len(text)} caractères, il en tient {most} au plus. Raccourcissez-le."
    return ""


def _tidy_lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def word_set(text: str) -> frozenset[str]:
    """The words of a name in any order, as first and last names are written both ways round."""
    return frozenset(folded(text).split())
