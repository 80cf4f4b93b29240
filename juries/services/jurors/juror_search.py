"""The pool as it is read: what each juror did, and whether their account is open."""

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import Invitation
from core import clock
from core.formats import shortdate
from juries.enums import SessionState
from juries.models import Juror, Seat

HELD = (SessionState.DELIBERATED, SessionState.RELEASED)


def with_standing(jurors: QuerySet[Juror]) -> QuerySet[Juror]:
    """With `held` (juries sat in), `last_sat_on`, and `invited_at`, `invitation_ends_at` of the last invitation."""
    sat = Q(seats__withdrawn_at=None, seats__is_present=True, seats__session__state__in=HELD)
    last = Invitation.objects.filter(user=OuterRef("user"), revoked_at=None).order_by("-created_at")
    return jurors.select_related("user").annotate(
        held=Count("seats", filter=sat),
        last_sat_on=Max("seats__session__held_on", filter=sat),
        invited_at=Subquery(last.values("created_at")[:1]),
        invitation_ends_at=Subquery(last.values("expires_at")[:1]),
    )


def account_of(juror: Juror) -> tuple[str, str]:
    """Whether the account of a juror `with_standing` is open: words and tone."""
    if juror.user.has_usable_password():
        return "compte ouvert", "ok"
    if juror.invited_at is None:
        return "jamais invité", "refusal"
    if juror.invitation_ends_at <= clock.now():
        return f"invitation du {shortdate(juror.invited_at)} périmée", "refusal"
    return f"invité le {shortdate(juror.invited_at)}", "wait"


def part_in(seat: Seat) -> tuple[str, str]:
    """What a seat became, in words and tone: sat, presided, absent, withdrawn, still to come."""
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
