"""What each juror did, and whether their account is open."""

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import Invitation
from core import clock
from core.formats import shortdate
from juries.enums import SessionState
from juries.models import Juror, Seat

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

HELD = (SessionState.DELIBERATED, SessionState.RELEASED)


class JurorHistory(TypedDict):
    sessions_sat: int
    last_sat_on: date | None
    invited_at: datetime | None
    invitation_ends_at: datetime | None


JurorWithHistory: TypeAlias = "WithAnnotations[Juror, JurorHistory]"


def with_history(jurors: QuerySet[Juror]) -> "QuerySet[JurorWithHistory]":
    """With `sessions_sat`, `last_sat_on`, and `invited_at`, `invitation_ends_at` of the last invitation."""
    sat = Q(seats__withdrawn_at=None, seats__is_present=True, seats__session__state__in=HELD)
    last = Invitation.objects.filter(user=OuterRef("user"), revoked_at=None).order_by("-created_at")
    return jurors.select_related("user").annotate(
        sessions_sat=Count("seats", filter=sat),
        last_sat_on=Max("seats__session__held_on", filter=sat),
        invited_at=Subquery(last.values("created_at")[:1]),
        invitation_ends_at=Subquery(last.values("expires_at")[:1]),
    )


def account_of(juror: "JurorWithHistory") -> tuple[str, str]:
    """Whether the account of a juror `with_history` is open: words and tone."""
    if juror.user.has_usable_password():
        return "compte ouvert", "ok"
    if juror.invited_at is None:
        return "jamais invité", "refusal"
    if juror.invitation_ends_at and juror.invitation_ends_at <= clock.now():
        return f"invitation du {shortdate(juror.invited_at)} périmée", "refusal"
    return f"invité le {shortdate(juror.invited_at)}", "wait"


def participation_of(seat: Seat) -> tuple[str, str]:
    """The participation of a juror by their seat, in words and tone: sat, presided, absent, withdrawn, to come."""
    session = seat.session
    if seat.withdrawn_at:
        return f"désisté : {seat.withdrawn_reason}", "quiet"
    if session.state == SessionState.CANCELLED:
        return "session annulée", "quiet"
    if session.state in HELD:
        if not seat.is_present:
            return "absent", "refusal"
        return ("a présidé" if seat.is_president else "a siégé"), "ok"
    return ("présidera" if seat.is_president else "siégera"), "wait"
