from .certificates import draw_certificate
from .sessions import draw_minutes, send_letter

__all__ = ["draw_certificate", "draw_minutes", "send_letter"]
