"""The rules of conflict, and the sentence of each."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from juries.enums import ConflictRule
from juries.models import CertificationSettings, Juror
from trainees.models import Enrollment

SENTENCES = {
    ConflictRule.SELF: "{juror} est {candidate} : on ne se juge pas soi-même.",
    ConflictRule.TRAINED: "{juror} a animé une séance de formation de {candidate} : qui forme ne juge pas.",
    ConflictRule.EVALUATED: "{juror} a évalué {candidate} pendant son parcours : qui évalue ne juge pas.",
    ConflictRule.SIGNED: (
        "{juror} a signé ou validé une pièce du dossier de {candidate} : qui signe le dossier ne le juge pas."
    ),
    ConflictRule.REFERENT: (
        "{juror} est référent d’un parcours de {candidate} : qui accompagne ne juge pas."
    ),
    ConflictRule.TUTOR: "{juror} a été tuteur d’immersion de {candidate}, chez {other} : qui accompagne ne juge pas.",
    ConflictRule.COLLEAGUE: (
        "{juror} travaille ou a travaillé dans la structure de {candidate}, {other} : "
        "on ne juge pas les salariés de sa maison."
    ),
    ConflictRule.LINK: "{juror} a déclaré un lien avec {other} ({candidate}) : un lien déclaré écarte du jury.",
}
ORDER = {rule: place for place, rule in enumerate(SENTENCES)}


@dataclass(frozen=True)
class Conflict:
    """One juror, one candidate, the rule between them, and its sentence."""

    juror: Juror
    enrollment: Enrollment
    rule: ConflictRule
    sentence: str


def conflict(juror: Juror, enrollment: Enrollment, rule: ConflictRule, other: str = "") -> Conflict:
    """`other` names the structure, the host or whom the link is with, where the sentence wants it."""
    sentence = SENTENCES[rule].format(juror=juror, candidate=enrollment.trainee, other=other)
    return Conflict(juror, enrollment, rule, sentence)


def colleagues_since(rules: CertificationSettings, held_on: date) -> date | None:
    """The day from which having worked in the same structure counts; None where the settings set no limit."""
    if rules.colleague_years is None:
        return None
    return held_on - relativedelta(years=rules.colleague_years)
