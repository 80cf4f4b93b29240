from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Subquery

from accounts.models import User
from core import clock
from evaluations.models import CurrentLevel
from structures.models import Structure
from trainees.enums import PathStep
from trainees.models import Enrollment
from trainees.queries.forecast import forecasts, planned_minutes, with_plan
from trainees.queries.forecast_sentences import short_sentence_of
from trainees.rules.pace import Forecast

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
    outlook: str
    is_late: bool


def crew_of(user: User) -> list[CrewCard]:
    """The open paths of one's structures; whose evaluation is oldest comes first, who waits for a jury last."""
    today = clock.today()
    structures = Structure.objects.filter(memberships__in=user.memberships.current())
    paths = with_plan(Enrollment.objects.open().filter(structure__in=structures)).with_people()
    levels = CurrentLevel.objects.filter(enrollment=OuterRef("pk")).order_by()
    last = levels.values("enrollment").annotate(last=Max("seen_on")).values("last")
    paths = list(paths.annotate(last_seen=Subquery(last))[:MOST_CARDS])
    seen = forecasts(paths, today)
    cards = [_card(path, seen[path.pk], today) for path in paths]
    return sorted(cards, key=lambda card: (not card.is_before_jury, card.last_seen or date.min))


def _card(path: Enrollment, forecast: Forecast, today: date) -> CrewCard:
    before_jury = path.step not in (PathStep.JURY, PathStep.CERTIFICATE)
    return CrewCard(
        enrollment=path,
        planned_minutes=planned_minutes(path),
        last_seen=path.last_seen,
        is_before_jury=before_jury,
        is_forgotten=before_jury and (path.last_seen or path.enrolled_on) < today - LONG_AGO,
        outlook=short_sentence_of(forecast),
        is_late=forecast.is_late,
    )
