"""The limits of articles D5135-3 and following: one month, one renewal, two conventions and 60 days a year."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from core.errors import DomainError
from core.formats import daterange, shortdate
from trainees.models import Immersion
from trainees.services.immersions.terms import word_set

ONE_DAY = timedelta(days=1)
ONE_MONTH = relativedelta(months=1)
ONE_YEAR = relativedelta(years=1)
MOST_DAYS_PER_HOST = 60
MOST_CONVENTIONS_PER_HOST = 2


def check_dates(immersion: Immersion) -> None:
    """Refuse dates in disorder, more than one month date to date, and days outside the contract."""
    enrollment = immersion.enrollment
    if immersion.ends_on < immersion.starts_on:
        raise DomainError("L’immersion finit avant d’avoir commencé. Vérifiez les deux dates.")
    if immersion.starts_on < enrollment.contract_start or immersion.ends_on > enrollment.contract_end:
        contract = daterange(enrollment.contract_start, enrollment.contract_end)
        raise DomainError(f"L’immersion sort du contrat, qui court {contract}. Vérifiez les dates.")
    if immersion.ends_on >= immersion.starts_on + ONE_MONTH:
        last = immersion.starts_on + ONE_MONTH - ONE_DAY
        raise DomainError(
            "Une immersion dure un mois au plus, de date à date (article D5135-3) : celle-ci peut aller "
            f"jusqu’au {shortdate(last)}. Raccourcissez-la, puis renouvelez-la s’il le faut."
        )


def check_against_others(immersion: Immersion, others: Sequence[Immersion]) -> None:
    """Refuse a period that overlaps, or exceeds a limit with, the others of the same person in any structure."""
    for other in others:
        if other.starts_on <= immersion.ends_on and other.ends_on >= immersion.starts_on:
            when = daterange(other.starts_on, other.ends_on)
            raise DomainError(
                f"Une immersion est déjà prévue chez {other.host_name} {when}. Vérifiez les dates."
            )
    _check_renewal(immersion, others)
    here = [other for other in others if same_host(other, immersion)]
    for other in here:
        if (
            not _are_linked(immersion, other)
            and _is_same_object(other, immersion)
            and _within_a_year(other, immersion)
        ):
            raise DomainError(
                f"Une convention chez {other.host_name} a déjà cet objet et ces objectifs. "
                "Indiquez que celle-ci la renouvelle, ou changez les objectifs."
            )
    for start in window_starts([immersion, *here]):
        _refuse_year(immersion, here, start, start + ONE_YEAR - ONE_DAY)


def _check_renewal(immersion: Immersion, others: Sequence[Immersion]) -> None:
    """The period and the one that it renews; then the one that renews it, when it changes."""
    if immersion.renews_id:
        first = next((other for other in others if other.pk == immersion.renews_id), None)
        _refuse_renewal(immersion, first, others)
    renewal = next((other for other in others if other.renews_id == immersion.pk), None)
    if renewal:
        _refuse_renewal(renewal, immersion, [other for other in others if other.pk != renewal.pk])


def _refuse_renewal(renewal: Immersion, first: Immersion | None, others: Sequence[Immersion]) -> None:
    if first is None or first.enrollment_id != renewal.enrollment_id or not same_host(first, renewal):
        raise DomainError("Un renouvellement se fait dans la même entreprise, pour la même personne.")
    if first.renews_id or any(other.renews_id == first.pk for other in others):
        raise DomainError("Une immersion ne se renouvelle qu’une fois (article D5135-3).")
    if first.purpose != renewal.purpose:
        raise DomainError("Un renouvellement garde le même objet. Choisissez celui de la première période.")
    if renewal.starts_on <= first.ends_on:
        raise DomainError("Un renouvellement commence après la première période. Vérifiez la date.")
    if not renewal.renewal_reason:
        raise DomainError(
            "Un renouvellement dit pourquoi : les objectifs de la première période ne sont pas atteints "
            "(article D5135-3). Dites en quelques mots ce qui reste à atteindre."
        )


def window_starts(periods: Sequence[Immersion]) -> set[date]:
    """The first days of every stretch of twelve months that may be the fullest, in days or in conventions.

    What a stretch holds only changes where one of its edges meets the first or the last day of a period.
    """
    starts = {edge for period in periods for edge in (period.starts_on, period.ends_on)}
    return starts | {edge + ONE_DAY - ONE_YEAR for edge in starts}


def _refuse_year(immersion: Immersion, here: Sequence[Immersion], start: date, end: date) -> None:
    inside = [p for p in (immersion, *here) if p.starts_on <= end and p.ends_on >= start]
    if immersion not in inside:
        return
    days = sum((min(p.ends_on, end) - max(p.starts_on, start)).days + 1 for p in inside)
    if days > MOST_DAYS_PER_HOST:
        raise DomainError(
            f"Cela ferait {days} jours chez {immersion.host_name} en douze mois ; "
            f"la loi en permet {MOST_DAYS_PER_HOST} (article D5135-3). Raccourcissez la période."
        )
    if len({p.renews_id or p.pk for p in inside}) > MOST_CONVENTIONS_PER_HOST:
        raise DomainError(
            f"Deux conventions ont déjà lié {immersion.host_name} à cette personne en douze mois ; "
            "il n’en est pas permis davantage (article D5135-3). Cherchez une autre entreprise."
        )


def same_host(one: Immersion, other: Immersion) -> bool:
    """By SIRET where both are known, by name otherwise."""
    if one.host_siret and other.host_siret:
        return one.host_siret == other.host_siret
    return word_set(one.host_name) == word_set(other.host_name)


def _are_linked(one: Immersion, other: Immersion) -> bool:
    return other.pk == one.renews_id or other.renews_id == one.pk


def _is_same_object(one: Immersion, other: Immersion) -> bool:
    return one.purpose == other.purpose and word_set(one.objectives) == word_set(other.objectives)


def _within_a_year(one: Immersion, other: Immersion) -> bool:
    """Whether some stretch of twelve months touches both periods."""
    first, second = sorted((one, other), key=lambda period: period.starts_on)
    return second.starts_on < first.ends_on + ONE_YEAR
