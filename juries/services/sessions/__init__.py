"""A jury session, from its planning to the opening of the day."""

from .candidates import add_candidate, remove_candidate, set_times
from .day import open_session, record_presence
from .dossiers import eligible_dossiers
from .moving import change_meeting
from .planning import cancel_session, convene, plan_session
from .seats import name_president, seat_juror, withdraw_juror

__all__ = [
    "add_candidate",
    "cancel_session",
    "change_meeting",
    "convene",
    "eligible_dossiers",
    "name_president",
    "open_session",
    "plan_session",
    "record_presence",
    "remove_candidate",
    "seat_juror",
    "set_times",
    "withdraw_juror",
]
