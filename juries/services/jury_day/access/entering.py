"""What a code and a link have in common: who may log in, and what a login records."""

from core import clock
from core.services.journal import record
from juries.models import DayAccess, Seat


def lets_in(access: DayAccess) -> bool:
    """Whether this access is valid now, for a juror who still sits in the session."""
    juror = access.juror
    return (
        access.is_open_at(clock.now())
        and juror.is_active
        and juror.user.is_active
        and not juror.user.is_certifier
        and Seat.objects.active().filter(session=access.session_id, juror=juror).exists()
    )


def enter(access: DayAccess) -> DayAccess:
    """Record one login by a locked access. The login before, if any, ends."""
    access.entries += 1
    access.used_at = access.used_at or clock.now()
    access.save(update_fields=["entries", "used_at"])
    record(
        action="juries.access.used",
        subject=access,
        by=access.juror.user,
        summary=f"{access.session} : {access.juror} entre par un {access.get_kind_display()}",
        data={"entry": access.entries},
        topic_id=access.session_id,
    )
    return access
