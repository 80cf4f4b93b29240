from .archives import gather_archive, sweep_archives
from .rendering import draw_certificate

__all__ = ["draw_certificate", "gather_archive", "sweep_archives"]
