"""What is unusual without being forbidden."""

from collections.abc import Iterable

from core.formats import DAYS, hours, joined, shortdate
from trainees.enums import ObjectivesReached
from trainees.models import Enrollment, Immersion
from trainees.models.enrollments.enrollment import MOST_MINUTES
from trainees.rules.immersions import Schedule, holidays_of_presence, minutes_at, minutes_of_week

HOUR = 60
MOST_SHARE_OF_CONTRACT = 25  # per cent; from a circular of 2015, so a warning only
LEGAL_WEEK = 35 * HOUR  # article L3121-27
LONGEST_WITHOUT_BREAK = 6 * HOUR  # article L3121-16
NIGHT = (6 * HOUR, 21 * HOUR)
SUNDAY = "6"


def immersion_warnings(immersion: Immersion) -> list[str]:
    """Every sentence about this immersion and about the share of immersions in the enrolment; at most two queries."""
    enrollment = immersion.enrollment
    found = enrollment_warnings(enrollment, enrollment.immersions.all())
    if immersion.confirmed_at:
        return found
    return [
        *found,
        *_hours_warnings(immersion),
        *_schedule_warnings(immersion),
        *_renewal_warnings(immersion),
    ]


def enrollment_warnings(enrollment: Enrollment, immersions: Iterable[Immersion]) -> list[str]:
    """A warning when all the immersions of an enrolment take too large a share of the contract."""
    days = sum(row.days for row in immersions)
    contract = (enrollment.contract_end - enrollment.contract_start).days + 1
    if days * 100 <= contract * MOST_SHARE_OF_CONTRACT:
        return []
    return [f"Les immersions couvrent {days * 100 // contract} % du contrat ; l’usage est de 25 % au plus."]


def _hours_warnings(immersion: Immersion) -> list[str]:
    excess = immersion.enrollment.done_minutes + immersion.planned_minutes - MOST_MINUTES
    if excess <= 0:
        return []
    sentence = (
        f"Avec elle, le parcours passerait 399 heures de {hours(excess)} : ces heures-là ne pourront pas être "
        "confirmées."
    )
    return [sentence]


def _schedule_warnings(immersion: Immersion) -> list[str]:
    schedule, found = immersion.schedule, []
    week, contract = minutes_of_week(schedule), round(immersion.enrollment.weekly_hours * HOUR)
    if SUNDAY in schedule:
        found.append(
            "Le dimanche est en principe le jour de repos (article L3132-3) : vérifiez que l’entreprise y déroge."
        )
    if week > LEGAL_WEEK:
        found.append(f"La semaine compte {hours(week)}, plus que la durée légale de 35 heures.")
    elif week > contract:
        found.append(
            f"La semaine compte {hours(week)}, plus que les {hours(contract)} du contrat : "
            "ces heures ne donnent ni paie ni récupération en plus."
        )
    if days := _days_with(schedule, _lacks_break):
        found.append(f"Six heures d’affilée demandent une pause de 20 minutes (article L3121-16) : {days}.")
    if days := _days_with(schedule, _is_at_night):
        found.append(f"Une partie des horaires est de nuit, avant 6 h ou après 21 h : {days}.")
    if holidays := holidays_of_presence(schedule, immersion.starts_on, immersion.ends_on):
        found.append(f"Jour férié dans la période : {joined(shortdate(day) for day in holidays)}.")
    return found


def _renewal_warnings(immersion: Immersion) -> list[str]:
    if immersion.renews is None:
        return []
    reached = immersion.renews.appraisals.filter(
        answered_at__isnull=False, objectives_reached=ObjectivesReached.YES
    )
    if not reached.exists():
        return []
    sentence = (
        "Le tuteur a dit que les objectifs de la première période sont atteints : la loi ne la renouvelle "
        "que s’ils ne le sont pas."
    )
    return [sentence]


def _days_with(schedule: Schedule, is_so) -> str:
    return joined(DAYS[int(day)] for day in sorted(schedule) if is_so(schedule[day]))


def _lacks_break(slots) -> bool:
    lengths = [minutes_at(end) - minutes_at(start) for start, end in slots]
    joined_up = len(slots) == 2 and minutes_at(slots[1][0]) - minutes_at(slots[0][1]) < 20
    return (sum(lengths) if joined_up else max(lengths)) > LONGEST_WITHOUT_BREAK


def _is_at_night(slots) -> bool:
    return minutes_at(slots[0][0]) < NIGHT[0] or minutes_at(slots[-1][1]) > NIGHT[1]
