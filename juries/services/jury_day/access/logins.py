"""The logins opened by these accesses: whether one is still valid, and its revocation."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from core import clock
from core.errors import StaleState
from core.services.journal import record
from juries.enums import AccessKind, SessionState
from juries.models import DayAccess, JurySession, Seat


@dataclass(frozen=True)
class JurorAccesses:
    """One juror of a session, and their valid accesses."""

    seat: Seat
    accesses: list[DayAccess]

    @property
    def link(self) -> DayAccess | None:
        return next((row for row in self.accesses if row.kind == AccessKind.LINK), None)

    @property
    def entered(self) -> DayAccess | None:
        return next((row for row in self.accesses if row.used_at), None)


def live_login(*, access_id: UUID, entry: int, user: User) -> DayAccess | None:
    """The access behind a login, unless it was revoked, used elsewhere since, or its day, seat or session is over.

    One query, asked at each request of that login.
    """
    seat = Seat.objects.active().filter(session=OuterRef("session"), juror=OuterRef("juror"))
    rows = DayAccess.objects.valid().filter(
        Exists(seat),
        pk=access_id,
        entries=entry,
        juror__user=user,
        juror__is_active=True,
        session__held_on=clock.today(),
    )
    rows = rows.exclude(session__state=SessionState.CANCELLED).exclude(juror__user__is_certifier=True)
    return rows.select_related("session").first()


@transaction.atomic
def revoke_access(*, access: DayAccess, by: User) -> DayAccess:
    """End an access and the login it gave, at once."""
    access = DayAccess.objects.select_for_update(of=("self",), no_key=True).get(pk=access.pk)
    if access.revoked_at:
        raise StaleState("Cet accès est déjà retiré.")
    access.revoked_at = clock.now()
    access.save(update_fields=["revoked_at"])
    record(
        action="juries.access.revoked",
        subject=access,
        by=by,
        summary=f"{access.session} : {access.get_kind_display()} de {access.juror} retiré",
        topic_id=access.session_id,
    )
    return access


def accesses_by_juror(session: JurySession) -> list[JurorAccesses]:
    """For each juror who sits, the valid accesses, in two queries."""
    accesses = list(DayAccess.objects.valid().filter(session=session))
    seats = session.seats.active().with_people()
    return [JurorAccesses(seat, [row for row in accesses if row.juror_id == seat.juror_id]) for seat in seats]
