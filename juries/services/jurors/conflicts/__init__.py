"""The conflicts of interest between jurors and candidates, read from the data of the site."""

from juries.services.jurors.conflicts.rules import Conflict, colleagues_since
from juries.services.jurors.conflicts.search import conflicts_of

__all__ = ["Conflict", "colleagues_since", "conflicts_of"]
