from .access import send_code
from .archives import gather_archive, sweep_archives
from .certificates import draw_certificate
from .sessions import draw_minutes, send_letter

__all__ = ["draw_certificate", "draw_minutes", "gather_archive", "send_code", "send_letter", "sweep_archives"]
