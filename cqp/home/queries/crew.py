from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from accounts.models import User
from core import clock
from evaluations.models import CurrentLevel
from structures.models import Structure
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment
from trainees.queries.enrollments import tell_apart
from trainees.queries.hours.forecast import forecasts, planned_minutes, with_plan
from trainees.queries.hours.forecast_sentences import short_sentence_of
from trainees.rules.hours.forecast import Forecast

LONG_AGO = timedelta(days=21)
MOST_CARDS = 60


@dataclass(frozen=True)
class CrewCard:
    """A person of the crew as the trainer's home shows them."""

    enrollment: Enrollment
    planned_minutes: int | None
    last_seen: date | None
    is_before_jury: bool
    is_forgotten: bool
    forecast_sentence: str
    is_late: bool


def crew_of(user: User) -> list[CrewCard]:
    """The open enrolments of one's structures; whose evaluation is oldest comes first, who waits for a jury last."""
    today = clock.today()
    structures = Structure.objects.filter(memberships__in=user.memberships.current())
    open_ones = Enrollment.objects.open().filter(structure__in=structures).with_people()
    enrollments = list(with_plan(open_ones)[:MOST_CARDS])
    tell_apart(enrollment.trainee for enrollment in enrollments)
    levels = CurrentLevel.objects.filter(enrollment__in=enrollments).order_by()
    last_seen = dict(levels.values_list("enrollment").annotate(Max("seen_on")))
    foreseen = forecasts(enrollments, today)
    cards = [_card(row, last_seen.get(row.pk), foreseen[row.pk], today) for row in enrollments]
    return sorted(cards, key=lambda card: (not card.is_before_jury, card.last_seen or date.min))


def _card(enrollment: Enrollment, last_seen: date | None, forecast: Forecast, today: date) -> CrewCard:
    before_jury = enrollment.step not in (EnrollmentStep.JURY, EnrollmentStep.CERTIFICATE)
    return CrewCard(
        enrollment=enrollment,
        planned_minutes=planned_minutes(enrollment),
        last_seen=last_seen,
        is_before_jury=before_jury,
        is_forgotten=before_jury and (last_seen or enrollment.enrolled_on) < today - LONG_AGO,
        forecast_sentence=short_sentence_of(forecast),
        is_late=forecast.is_late,
    )
