from .checks import LONGEST_MINUTES, Presence, Slot
from .corrections import correct_attendance, withdraw_session
from .logging import log_session, receive_session
from .obstacles import DatesRefused
from .planning import MOST_WEEKS, cancel_session, change_session, plan_sessions
from .rolls import hold_session

__all__ = [
    "LONGEST_MINUTES",
    "MOST_WEEKS",
    "DatesRefused",
    "Presence",
    "Slot",
    "cancel_session",
    "change_session",
    "correct_attendance",
    "hold_session",
    "log_session",
    "plan_sessions",
    "receive_session",
    "withdraw_session",
]
