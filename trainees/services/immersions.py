"""Immersions in a host company (PMSMP: articles L5135-1 and D5135-1 to D5135-8 of the Code du travail)."""

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import clock
from accounts.errors import DomainError, StaleState
from accounts.formats import daterange, hours, shortdate
from accounts.models import User
from accounts.services.journal import record
from structures.models.structure import check_siret
from trainees.enums import Modality
from trainees.models import Enrollment, Immersion
from trainees.services.hours import add_minutes
from trainees.services.identities import text_fault, tidy_text
from trainees.services.locks import lock_open_path

ONE_MONTH = relativedelta(months=1)
ONE_YEAR = relativedelta(years=1)
MOST_DAYS_PER_HOST = 60
MOST_CONVENTIONS_PER_HOST = 2
MOST_MINUTES_A_DAY = 10 * 60
MOST_SHARE_OF_CONTRACT = 25  # per cent; from a circular of 2015, so a warning only


@transaction.atomic
def plan_immersion(
    *,
    enrollment: Enrollment,
    host_name: str,
    host_siret: str = "",
    tutor_name: str,
    purpose: str,
    objectives: str,
    starts_on: date,
    ends_on: date,
    planned_minutes: int,
    renews: Immersion | None = None,
    by: User,
) -> Immersion:
    """Foresee a period in a host company, under a convention; its hours count once it is confirmed.

    Refused beyond one month date to date, outside the contract, over another immersion, when the tutor
    is the trainee, above 60 days or two conventions with one host in twelve months. A renewal follows an
    immersion at the same host, for the same purpose, once. Read `immersion_warnings` after it.
    """
    enrollment = lock_open_path(enrollment)
    immersion = Immersion(
        enrollment=enrollment,
        host_name=tidy_text(host_name),
        host_siret="".join(host_siret.split()),
        tutor_name=tidy_text(tutor_name),
        purpose=purpose,
        objectives=objectives.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        planned_minutes=planned_minutes,
        renews=renews,
    )
    _check_words(immersion)
    _check_dates(immersion)
    others = list(Immersion.objects.filter(enrollment__trainee=enrollment.trainee_id))
    _check_beside(immersion, others)
    immersion.save(force_insert=True)
    record(
        action="trainees.immersion.planned",
        subject=immersion,
        by=by,
        summary=f"{enrollment.trainee} ira chez {immersion.host_name} {daterange(starts_on, ends_on)}",
        data={"minutes": planned_minutes, "renews": str(renews.pk) if renews else ""},
        thread=enrollment.pk,
    )
    return immersion


@transaction.atomic
def confirm_immersion(*, immersion: Immersion, done_minutes: int, by: User) -> Immersion:
    """Say that an immersion took place and count its hours, from its last day on; at most 10 h a day."""
    enrollment = lock_open_path(immersion.enrollment)
    immersion = Immersion.objects.select_for_update(of=("self",)).get(pk=immersion.pk)
    if immersion.confirmed_at:
        raise StaleState(f"Cette immersion est déjà confirmée, avec {hours(immersion.done_minutes)}.")
    if clock.today() < immersion.ends_on:
        raise DomainError(
            f"Cette immersion finit le {shortdate(immersion.ends_on)}. Confirmez-la à partir de ce jour-là."
        )
    if done_minutes <= 0:
        raise DomainError("Une immersion faite porte ses heures. Indiquez-en plus de zéro.")
    _refuse_long_days(immersion, done_minutes)
    immersion.done_minutes, immersion.confirmed_at = done_minutes, clock.now()
    immersion.save(update_fields=["done_minutes", "confirmed_at"])
    add_minutes([(enrollment, Modality.IMMERSION, done_minutes)])
    record(
        action="trainees.immersion.confirmed",
        subject=immersion,
        by=by,
        summary=f"{enrollment.trainee} a fait {hours(done_minutes)} chez {immersion.host_name}",
        data={"minutes": done_minutes},
        thread=enrollment.pk,
    )
    return immersion


def immersion_warnings(immersion: Immersion) -> list[str]:
    """What deserves a look without being forbidden: the share of the contract spent in companies."""
    enrollment = immersion.enrollment
    days = sum(_days(row) for row in enrollment.immersions.all())
    contract = (enrollment.contract_end - enrollment.contract_start).days + 1
    share = days * 100 // contract
    if days * 100 <= contract * MOST_SHARE_OF_CONTRACT:
        return []
    return [f"Les immersions couvrent {share} % du contrat ; l’usage est de 25 % au plus."]


def _check_words(immersion: Immersion) -> None:
    if not immersion.host_name or not immersion.tutor_name or not immersion.objectives:
        raise DomainError("La convention nomme l’entreprise, son tuteur et les objectifs. Complétez-les.")
    for text, name in (
        (immersion.host_name, "Le nom de l’entreprise"),
        (immersion.tutor_name, "Le nom du tuteur"),
    ):
        if fault := text_fault(text, name=name, most=120):
            raise DomainError(fault)
    if immersion.host_siret:
        try:
            check_siret(immersion.host_siret)
        except ValidationError as error:
            raise DomainError(" ".join(error.messages)) from error
    trainee = immersion.enrollment.trainee
    words = _word_set(immersion.tutor_name)
    if any(
        words == _word_set(f"{trainee.first_names} {name}")
        for name in (trainee.birth_name, trainee.shown_name)
    ):
        raise DomainError(
            "Le tuteur ne peut pas être la personne accueillie. Nommez quelqu’un de l’entreprise."
        )


def _check_dates(immersion: Immersion) -> None:
    enrollment = immersion.enrollment
    if immersion.ends_on < immersion.starts_on:
        raise DomainError("L’immersion finit avant d’avoir commencé. Vérifiez les deux dates.")
    if immersion.ends_on >= immersion.starts_on + ONE_MONTH:
        last = immersion.starts_on + ONE_MONTH - timedelta(days=1)
        raise DomainError(
            "Une immersion dure un mois au plus, de date à date (article D5135-3) : celle-ci peut aller "
            f"jusqu’au {shortdate(last)}. Raccourcissez-la, puis renouvelez-la s’il le faut."
        )
    if immersion.starts_on < enrollment.contract_start or immersion.ends_on > enrollment.contract_end:
        contract = daterange(enrollment.contract_start, enrollment.contract_end)
        raise DomainError(f"L’immersion sort du contrat, qui court {contract}. Vérifiez les dates.")
    if immersion.planned_minutes <= 0:
        raise DomainError("Une immersion prévoit des heures. Indiquez-en plus de zéro.")
    _refuse_long_days(immersion, immersion.planned_minutes)


def _check_beside(immersion: Immersion, others: Sequence[Immersion]) -> None:
    """The new period among those the person already has, in whatever structure."""
    for other in others:
        if other.starts_on <= immersion.ends_on and other.ends_on >= immersion.starts_on:
            when = daterange(other.starts_on, other.ends_on)
            raise DomainError(
                f"Une immersion est déjà prévue chez {other.host_name} {when}. Vérifiez les dates."
            )
    here = [other for other in others if _same_host(other, immersion)]
    if immersion.renews_id:
        _check_renewal(immersion, here)
    for other in here:
        if _is_same_object(other, immersion) and immersion.renews_id is None:
            raise DomainError(
                f"Une convention chez {other.host_name} a déjà cet objet et ces objectifs. "
                "Indiquez que celle-ci la renouvelle, ou changez les objectifs."
            )
    for start, end in _years_around(immersion, here):
        _refuse_year(immersion, here, start, end)


def _check_renewal(immersion: Immersion, here: Sequence[Immersion]) -> None:
    first = next((other for other in here if other.pk == immersion.renews_id), None)
    if first is None or first.enrollment_id != immersion.enrollment_id:
        raise DomainError("Un renouvellement se fait dans la même entreprise, pour la même personne.")
    if first.renews_id or any(other.renews_id == first.pk for other in here):
        raise DomainError("Une immersion ne se renouvelle qu’une fois (article D5135-3).")
    if first.purpose != immersion.purpose:
        raise DomainError("Un renouvellement garde le même objet. Choisissez celui de la première période.")
    if immersion.starts_on <= first.ends_on:
        raise DomainError("Un renouvellement commence après la première période. Vérifiez la date.")


def _years_around(immersion: Immersion, here: Sequence[Immersion]) -> list[tuple[date, date]]:
    """Every stretch of twelve months that may be the fullest: one edge touches one of the periods."""
    periods = [immersion, *here]
    starts = [period.starts_on for period in periods]
    starts += [period.ends_on + timedelta(days=1) - ONE_YEAR for period in periods]
    return [(start, start + ONE_YEAR - timedelta(days=1)) for start in starts]


def _refuse_year(immersion: Immersion, here: Sequence[Immersion], start: date, end: date) -> None:
    if immersion.ends_on < start or immersion.starts_on > end:
        return
    periods = [immersion, *here]
    days = sum(max(0, (min(p.ends_on, end) - max(p.starts_on, start)).days + 1) for p in periods)
    if days > MOST_DAYS_PER_HOST:
        raise DomainError(
            f"Cela ferait {days} jours chez {immersion.host_name} en douze mois ; "
            f"la loi en permet {MOST_DAYS_PER_HOST} (article D5135-3). Raccourcissez la période."
        )
    conventions = [p for p in periods if p.renews_id is None and p.starts_on <= end and p.ends_on >= start]
    if len(conventions) > MOST_CONVENTIONS_PER_HOST:
        raise DomainError(
            f"Deux conventions ont déjà lié {immersion.host_name} à cette personne en douze mois ; "
            "il n’en est pas permis davantage (article D5135-3). Cherchez une autre entreprise."
        )


def _refuse_long_days(immersion: Immersion, minutes: int) -> None:
    most = _days(immersion) * MOST_MINUTES_A_DAY
    if minutes > most:
        raise DomainError(f"{hours(minutes)} en {_days(immersion)} jours, c’est plus de 10 heures par jour.")


def _days(immersion: Immersion) -> int:
    return (immersion.ends_on - immersion.starts_on).days + 1


def _same_host(one: Immersion, other: Immersion) -> bool:
    if one.host_siret and other.host_siret:
        return one.host_siret == other.host_siret
    return _word_set(one.host_name) == _word_set(other.host_name)


def _is_same_object(one: Immersion, other: Immersion) -> bool:
    return one.purpose == other.purpose and _word_set(one.objectives) == _word_set(other.objectives)


def _word_set(text: str) -> frozenset[str]:
    """The words of a name without accents, capitals, order or punctuation."""
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return frozenset("".join(mark if mark.isalnum() else " " for mark in bare.casefold()).split())
