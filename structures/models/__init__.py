from .membership import Membership
from .structure import Structure, StructureSpan
from .support import ProductionSupport

__all__ = ["Membership", "ProductionSupport", "Structure", "StructureSpan"]
