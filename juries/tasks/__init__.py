from juries.tasks.convocations import send_letter
from juries.tasks.jury_day import send_code
from juries.tasks.minutes import draw_minutes

from .attestations import draw_attestation

__all__ = [
    "draw_attestation",
    "draw_minutes",
    "send_code",
    "send_letter",
]
