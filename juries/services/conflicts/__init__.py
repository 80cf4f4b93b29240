"""What keeps a juror from judging a candidate, read from the data of the house."""

from .rules import Conflict, colleagues_since
from .search import conflicts_of

__all__ = ["Conflict", "colleagues_since", "conflicts_of"]
