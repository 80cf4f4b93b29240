"""The employers of a juror, present and past."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.services.journal import record
from juries.models import Juror, PastEmployer
from structures.models import Structure


@transaction.atomic
def declare_employer(
    *,
    juror: Juror,
    structure: Structure | None = None,
    name: str = "",
    from_year: int,
    until_year: int | None = None,
    by: User,
) -> PastEmployer:
    """Record an employer, present (without a last year) or past: a structure of the site, or a name.

    It excludes the juror from judging those who are or were in that structure, as far back as the settings set.
    Refused: a year in the future, years in disorder, an employer already recorded for that year.
    """
    juror = Juror.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=juror.pk)
    name = name.strip()
    if (structure is None) == (not name):
        raise DomainError("Choisissez une structure du site ou écrivez le nom de l’employeur, l’un des deux.")
    if max(from_year, until_year or 0) > clock.today().year:
        raise DomainError("Cette année n’est pas encore venue : un employeur est d’aujourd’hui ou d’avant.")
    row = PastEmployer(
        juror=juror, structure=structure, name=name, from_year=from_year, until_year=until_year
    )
    try:
        row.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    if juror.employers.filter(structure=structure, name__iexact=name, from_year=from_year).exists():
        raise StaleState("Cet employeur est déjà noté pour cette année.")
    row.save()
    record(
        action="juries.juror.employer_declared",
        subject=juror,
        by=by,
        summary=f"{juror} travaille ou a travaillé chez {row}",
        data={"from": from_year, "until": until_year},
    )
    return row


@transaction.atomic
def remove_employer(*, row: PastEmployer, by: User) -> None:
    """Delete an employer recorded by mistake; the journal records its name."""
    juror = (
        Juror.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=row.juror_id)
    )
    name = str(row)
    if not PastEmployer.objects.filter(pk=row.pk).delete()[0]:
        raise StaleState("Cet employeur est déjà retiré.")
    record(
        action="juries.juror.employer_removed",
        subject=juror,
        by=by,
        summary=f"{juror} : employeur « {name} » retiré de la fiche",
    )
