from .closing import close_deliberation
from .composing import fingerprint, preview_minutes
from .files import hand_over_minutes
from .signing import missing_signatures, sign_minutes

__all__ = [
    "close_deliberation",
    "fingerprint",
    "hand_over_minutes",
    "missing_signatures",
    "preview_minutes",
    "sign_minutes",
]
