from .checks import LONGEST_MINUTES, Presence, Slot
from .corrections import correct_attendance, withdraw_session
from .logging import log_session, receive_session
from .rolls import hold_session

__all__ = [
    "LONGEST_MINUTES",
    "Presence",
    "Slot",
    "correct_attendance",
    "hold_session",
    "log_session",
    "receive_session",
    "withdraw_session",
]
