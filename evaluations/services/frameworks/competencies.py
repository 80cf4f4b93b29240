from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from core.errors import DomainError, StaleState
from core.services.journal import record
from evaluations.enums import Family
from evaluations.models import Activity, Competency, Domain
from evaluations.services.frameworks.locks import lock_draft
from structures.models import ProductionSupport


@dataclass(frozen=True)
class CompetencyText:
    """The texts of a competency; `support` is empty when it is common to all, `activities` propose it."""

    code: str
    label: str
    plain: str = ""
    indicators: list[str] = field(default_factory=list)
    support: ProductionSupport | None = None
    activities: list[Activity] = field(default_factory=list)


@transaction.atomic
def add_competency(*, domain: Domain, text: CompetencyText, by: User) -> Competency:
    """Add a competency to a domain of a draft. Refused once published, or when its code is taken."""
    draft = lock_draft(domain.framework)
    _check(domain, text)
    competency = Competency.objects.create(domain=domain, **_fields(text))
    competency.activities.set(text.activities)
    record(
        action="evaluations.competency.added",
        subject=competency,
        by=by,
        summary=f"Compétence {competency.code} ajoutée à la version {draft.version}",
    )
    return competency


@transaction.atomic
def change_competency(*, competency: Competency, text: CompetencyText, by: User) -> Competency:
    """Reword a competency of a draft. Refused once published, or when its code is taken."""
    draft = lock_draft(competency.domain.framework)
    row = _still_there(competency)
    _check(row.domain, text, but=row)
    for name, value in _fields(text).items():
        setattr(row, name, value)
    row.save()
    row.activities.set(text.activities)
    record(
        action="evaluations.competency.changed",
        subject=row,
        by=by,
        summary=f"Compétence {row.code} modifiée dans la version {draft.version}",
    )
    return row


@transaction.atomic
def remove_competency(*, competency: Competency, by: User) -> None:
    """Take a competency out of a draft. Refused once published."""
    draft = lock_draft(competency.domain.framework)
    row = _still_there(competency)
    record(
        action="evaluations.competency.removed",
        subject=row,
        by=by,
        summary=f"Compétence {row.code} retirée de la version {draft.version}",
        data={"label": row.label},
    )
    row.delete()


def _still_there(competency: Competency) -> Competency:
    row = Competency.objects.select_related("domain").filter(pk=competency.pk).first()
    if row is None:
        raise StaleState("Cette compétence vient d’être retirée par quelqu’un d’autre.")
    return row


def _fields(text: CompetencyText) -> dict:
    return {
        "code": text.code.strip(),
        "label": text.label.strip(),
        "plain": text.plain.strip(),
        "indicators": [line.strip() for line in text.indicators if line.strip()],
        "support": text.support,
    }


def _check(domain: Domain, text: CompetencyText, but: Competency | None = None) -> None:
    if not text.code.strip() or not text.label.strip():
        raise DomainError("Une compétence porte un code et un intitulé.")
    same = Competency.objects.filter(domain__framework_id=domain.framework_id, code=text.code.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise DomainError(
            f"Le code {text.code.strip()} est déjà pris dans cette version. Choisissez-en un autre."
        )
    if text.support and domain.module.family != Family.PROFESSIONAL:
        raise DomainError(
            "Une compétence clé est commune à tous : le support se choisit pour les compétences professionnelles."
        )
    if any(activity.framework_id != domain.framework_id for activity in text.activities):
        raise DomainError("Une activité choisie n’est pas de cette version du référentiel.")
