"""How long a decision may be contested."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from juries.models import Decision


def known_since(decision: Decision) -> datetime:
    """When the candidate could read it: at the release, or when it took the place of another one after it."""
    released_at = decision.candidate.session.released_at
    return max(released_at or decision.decided_at, decision.decided_at)


def appeal_until(decision: Decision) -> date:
    """The last day for an appeal, under the rules of the session; the decision comes with its session and rules."""
    days = decision.candidate.session.rules.appeal_days
    return day_known(decision) + timedelta(days=days)


def day_known(decision: Decision) -> date:
    return timezone.localtime(known_since(decision)).date()
