"""On which days a juror may sit: the days noted as taken, and the juries of the same day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Value

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import daterange, shortdate
from core.services.journal import record
from juries.enums import SessionState
from juries.models import Juror, JurySession, Seat, Unavailability

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class DateConflict:
    """One juror who cannot sit on one day: the name of the rule, and its French sentence."""

    juror_id: object
    day: date
    rule: str
    sentence: str


def date_conflicts_on(
    days: Iterable[date], jurors: Iterable[Juror], *, apart_from: JurySession | None = None
) -> list[DateConflict]:
    """Why these jurors cannot sit on these days, in one query: a noted unavailability, another jury.

    `apart_from` is the session being composed: its own seats are no conflict.
    """
    days, by_pk = sorted(set(days)), {juror.pk: juror for juror in jurors}
    if not days or not by_pk:
        return []
    away = Unavailability.objects.filter(juror__in=list(by_pk), starts_on__lte=days[-1], ends_on__gte=days[0])
    seats = Seat.objects.active().filter(juror__in=list(by_pk), session__held_on__in=days)
    seats = seats.exclude(session__state=SessionState.CANCELLED)
    if apart_from:
        seats = seats.exclude(session=apart_from)
    seated = seats.order_by().values_list("juror_id", "session__held_on", "session__held_on", "session__city")
    absent = away.order_by().values_list("juror_id", "starts_on", "ends_on", Value(""))
    found = []
    for juror, first, last, city in absent.union(seated):
        rule, words = _words(first, last, city)
        found += [
            DateConflict(juror, day, rule, f"{by_pk[juror]} {words}") for day in days if first <= day <= last
        ]
    return sorted(found, key=lambda row: (row.day, row.sentence))


def _words(first: date, last: date, city: str) -> tuple[str, str]:
    if city:
        return "un seul jury par jour", f"siège déjà ce jour-là : Jury à {city}, {shortdate(first)}."
    span = daterange(first, last)
    return "disponibilité", f"est indisponible {span} : un juré siège un jour où il est libre."


@transaction.atomic
def note_unavailability(*, juror: Juror, starts_on: date, ends_on: date, by: User) -> Unavailability:
    """Note the days, first and last included, on which a juror cannot sit.

    A seat already held stays, and shows as a difficulty in its session. Refused: days all gone by, more than
    a year at once, days already noted.
    """
    juror = Juror.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=juror.pk)
    if ends_on < starts_on:
        raise DomainError(
            "Une indisponibilité finit le jour où elle commence, ou après : vérifiez les dates."
        )
    if ends_on < clock.today():
        raise DomainError("Ces jours sont passés : notez ceux qui viennent.")
    if ends_on - starts_on > LONGEST:
        raise DomainError("Un an au plus à la fois : au-delà, quittez plutôt le vivier des jurés.")
    if juror.unavailabilities.filter(starts_on__lte=starts_on, ends_on__gte=ends_on).exists():
        raise StaleState("Ces jours sont déjà notés.")
    row = Unavailability.objects.create(juror=juror, starts_on=starts_on, ends_on=ends_on, noted_by=by)
    record(
        action="juries.juror.unavailable",
        subject=juror,
        by=by,
        summary=f"{juror} est indisponible {daterange(starts_on, ends_on)}",
    )
    return row


@transaction.atomic
def remove_unavailability(*, row: Unavailability, by: User) -> None:
    """These days are free after all."""
    juror = (
        Juror.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=row.juror_id)
    )
    if not Unavailability.objects.filter(pk=row.pk).delete()[0]:
        raise StaleState("Cette indisponibilité est déjà retirée.")
    record(
        action="juries.juror.available",
        subject=juror,
        by=by,
        summary=f"{juror} est de nouveau libre {daterange(row.starts_on, row.ends_on)}",
    )


def seats_to_give_up(row: Unavailability) -> list[Seat]:
    """The seats that a juror holds on the days they have just noted as taken."""
    days = {"session__held_on__range": (row.starts_on, row.ends_on)}
    seats = Seat.objects.active().filter(juror=row.juror_id, **days)
    return list(
        seats.filter(session__state__in=[SessionState.PLANNED, SessionState.CONVENED]).select_related(
            "session"
        )
    )
