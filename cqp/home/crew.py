from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Subquery

from accounts import clock
from accounts.models import User
from evaluations.models import CurrentLevel
from structures.models import Structure
from trainees.enums import PathStep
from trainees.forecast import planned_minutes, ready_on, with_plan
from trainees.models import Enrollment

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
    hours_done: bool
    ready_on: date | None
    contract_too_short: bool


def crew_of(user: User) -> list[CrewCard]:
    """The open paths of one's structures; whose evaluation is oldest comes first, who waits for a jury last."""
    today = clock.today()
    structures = Structure.objects.filter(memberships__in=user.memberships.current())
    paths = with_plan(Enrollment.objects.open().filter(structure__in=structures)).with_people()
    levels = CurrentLevel.objects.filter(enrollment=OuterRef("pk")).order_by()
    last = levels.values("enrollment").annotate(last=Max("seen_on")).values("last")
    cards = [_card(path, today) for path in paths.annotate(last_seen=Subquery(last))[:MOST_CARDS]]
    return sorted(cards, key=lambda card: (not card.is_before_jury, card.last_seen or date.min))


def _card(path: Enrollment, today: date) -> CrewCard:
    planned = planned_minutes(path)
    hours_done = bool(planned) and path.done_minutes >= planned
    ready = None if hours_done else ready_on(path, planned, today)
    before_jury = path.step not in (PathStep.JURY, PathStep.CERTIFICATE)
    return CrewCard(
        enrollment=path,
        planned_minutes=planned,
        last_seen=path.last_seen,
        is_before_jury=before_jury,
        is_forgotten=before_jury and (path.last_seen or path.enrolled_on) < today - LONG_AGO,
        hours_done=hours_done,
        ready_on=ready,
        contract_too_short=bool(ready and ready > path.contract_end),
    )
