from .convocations import send_letter
from .jury_day import send_code
from .results import draw_attestation, draw_minutes

__all__ = ["draw_attestation", "draw_minutes", "send_code", "send_letter"]
