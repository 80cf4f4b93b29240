from .access import send_code
from .archives import gather_archive, sweep_archives
from .attestations import draw_attestation
from .certificates import draw_certificate
from .letters import send_letter
from .sessions import draw_minutes

__all__ = [
    "draw_attestation",
    "draw_certificate",
    "draw_minutes",
    "gather_archive",
    "send_code",
    "send_letter",
    "sweep_archives",
]
