"""Immersions in a host company (PMSMP: articles L5135-1 and D5135-1 to D5135-8 of the Code du travail)."""

from .confirming import confirm_immersion
from .convention import MissingPiece, missing_pieces
from .planning import cancel_immersion, change_immersion, plan_immersion
from .terms import Terms
from .warnings import enrollment_warnings, immersion_warnings

__all__ = [
    "MissingPiece",
    "Terms",
    "cancel_immersion",
    "change_immersion",
    "confirm_immersion",
    "enrollment_warnings",
    "immersion_warnings",
    "missing_pieces",
    "plan_immersion",
]
