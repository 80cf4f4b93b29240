from .archives import build_archive, sweep_archives
from .rendering import render_certificate

__all__ = ["build_archive", "render_certificate", "sweep_archives"]
