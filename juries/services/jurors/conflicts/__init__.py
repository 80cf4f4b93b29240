"""What keeps a juror from judging a candidate, read from the data of the house."""

from juries.services.jurors.conflicts.rules import Conflict, colleagues_since
from juries.services.jurors.conflicts.search import conflicts_of

__all__ = ["Conflict", "colleagues_since", "conflicts_of"]
