"""The juries an enrolment could go before, beside the end of its hours and of its contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from juries.enums import SessionState
from juries.models import Candidate, JurySession
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment
from trainees.rules.hours.forecast import Forecast

MOST_JURIES = 3
BEFORE_JURY = (EnrollmentStep.ENROLLED, EnrollmentStep.TRAINING, EnrollmentStep.DOSSIER)


@dataclass(frozen=True)
class NextJury:
    """A jury to come: its day, its town, and whether the enrolment could be there with its hours done."""

    held_on: date
    city: str
    is_reachable: bool
    remark: str


def next_juries(
    enrollment: Enrollment, forecast: Forecast | None, candidates: Sequence[Candidate]
) -> list[NextJury]:
    """The next juries of the region of the structure, while the enrolment is open and has no place in one yet."""
    has_place = any(row.session.held_on >= forecast.today for row in candidates) if forecast else False
    if forecast is None or has_place or enrollment.step not in BEFORE_JURY:
        return []
    sessions = JurySession.objects.filter(
        region=enrollment.structure.region,
        state__in=[SessionState.PLANNED, SessionState.CONVENED],
        held_on__gte=forecast.today,
    )
    days = sessions.order_by("held_on", "city").values_list("held_on", "city")[:MOST_JURIES]
    return [NextJury(day, city, *_remark(day, forecast)) for day, city in days]


def _remark(day: date, forecast: Forecast) -> tuple[bool, str]:
    ready = forecast.ready_on is not None and forecast.ready_on <= day
    if day > forecast.contract_end:
        return False, "après la fin du contrat"
    if ready:
        return True, "heures faites" if forecast.is_done else "les heures seront faites"
    if forecast.ready_on is None:
        return False, "sans date prévue pour la fin des heures"
    return False, "avant la fin des heures, à ce rythme"
