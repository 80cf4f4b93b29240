from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from accounts.models import User
from core import clock
from juries.enums import AppealState, SessionState
from juries.models import Appeal, Candidate, Juror, JurySession, Unavailability


@dataclass(frozen=True)
class JurorDay:
    sessions: list[JurySession]
    past: list[JurySession]
    me: Juror
    days: list[Unavailability]
    to_review: int


def juror_day(user: User) -> JurorDay:
    """The sessions one is called to, with the candidates of the day in the order they come."""
    mine = JurySession.objects.visible_to(user).order_by("held_on")
    submitted = Count(
        "appraisals",
        filter=Q(appraisals__juror__user=user, appraisals__submitted_at__isnull=False),
        distinct=True,
    )
    candidates = Candidate.objects.select_related("enrollment__trainee").annotate(mine_submitted=submitted)
    candidates = candidates.order_by("production_at", "enrollment__trainee__folded")
    going = mine.exclude(state=SessionState.RELEASED).prefetch_related(
        Prefetch("candidates", queryset=candidates)
    )
    return JurorDay(
        sessions=list(going),
        past=list(mine.filter(state=SessionState.RELEASED).order_by("-held_on")[:5]),
        me=user.juror,
        days=list(Unavailability.objects.filter(juror__user=user, ends_on__gte=clock.today())[:3]),
        to_review=Appeal.objects.filter(reviewer__user=user, state=AppealState.ASSIGNED).count(),
    )
