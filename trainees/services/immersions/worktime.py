"""Working time in the host company: the same limits as for those who work there."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from core.errors import DomainError
from core.formats import DAYS, hours
from trainees.models import Immersion
from trainees.rules.immersions import DAY_MINUTES, Schedule, minutes_at, minutes_of_day, minutes_of_week

HOUR = 60
DAILY_REST = 11 * HOUR  # article L3131-1
MOST_DAYS_A_WEEK = 6  # article L3132-1
COMING_OF_AGE = 18


@dataclass(frozen=True)
class WorkLimits:
    """The longest day and the longest week, in minutes, and the articles that say so."""

    day: int
    week: int
    day_article: str
    week_article: str


ADULT = WorkLimits(10 * HOUR, 48 * HOUR, "article L3121-18", "article L3121-20")
MINOR = WorkLimits(8 * HOUR, 35 * HOUR, "article L3162-1, avant 18 ans", "article L3162-1, avant 18 ans")


def limits_for(immersion: Immersion) -> WorkLimits:
    """Those of the age at which the trainee begins."""
    age = relativedelta(immersion.starts_on, immersion.enrollment.trainee.birth_date).years
    return MINOR if age < COMING_OF_AGE else ADULT


def check_work_time(immersion: Immersion) -> None:
    """Refuse a schedule that the law forbids, and hours that no lawful schedule can hold."""
    limits = limits_for(immersion)
    _check_schedule(immersion.schedule, limits)
    refuse_too_many_minutes(immersion, immersion.planned_minutes)


def refuse_too_many_minutes(immersion: Immersion, minutes: int) -> None:
    """Refuse more minutes than the days and the weeks of the period can lawfully hold."""
    limits = limits_for(immersion)
    most = most_minutes(immersion.starts_on, immersion.ends_on, limits)
    if minutes > most:
        raise DomainError(
            f"{hours(minutes)} en {immersion.days} jours, c’est trop : la loi s’arrête à "
            f"{limits.day // HOUR} heures par jour, {MOST_DAYS_A_WEEK} jours et {limits.week // HOUR} heures "
            f"par semaine, soit {hours(most)} ici. Vérifiez la durée."
        )


def most_minutes(starts_on: date, ends_on: date, limits: WorkLimits) -> int:
    """The most that the period may hold, calendar week by calendar week."""
    total, day = 0, starts_on
    while day <= ends_on:
        sunday = day + timedelta(days=6 - day.weekday())
        days = (min(sunday, ends_on) - day).days + 1
        total += min(limits.week, min(days, MOST_DAYS_A_WEEK) * limits.day)
        day = sunday + timedelta(days=1)
    return total


def _check_schedule(schedule: Schedule, limits: WorkLimits) -> None:
    for day in sorted(schedule):
        if (minutes := minutes_of_day(schedule[day])) > limits.day:
            raise DomainError(
                f"Le {DAYS[int(day)]} compterait {hours(minutes)} : une journée ne dépasse pas "
                f"{limits.day // HOUR} heures ({limits.day_article}). Raccourcissez-la."
            )
    if (minutes := minutes_of_week(schedule)) > limits.week:
        raise DomainError(
            f"La semaine compterait {hours(minutes)} : elle ne dépasse pas {limits.week // HOUR} heures "
            f"({limits.week_article}). Raccourcissez-la."
        )
    if len(schedule) > MOST_DAYS_A_WEEK:
        raise DomainError(
            "Personne ne travaille sept jours par semaine (article L3132-1). Laissez au moins un jour libre."
        )
    if tired := short_nights(schedule):
        raise DomainError(
            f"Entre le {tired[0]} et le {tired[1]}, il reste moins de onze heures de repos (article L3131-1). "
            "Finissez plus tôt, ou commencez plus tard."
        )


def short_nights(schedule: Schedule) -> tuple[str, str] | None:
    """The first two days that follow each other with less than eleven hours between them, by name."""
    for day in range(7):
        after = (day + 1) % 7
        if str(day) in schedule and str(after) in schedule:
            rest = (
                DAY_MINUTES - minutes_at(schedule[str(day)][-1][1]) + minutes_at(schedule[str(after)][0][0])
            )
            if rest < DAILY_REST:
                return DAYS[day], DAYS[after]
    return None
