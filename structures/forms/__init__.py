from .accreditation import AccreditationForm, ReasonForm, VisitForm
from .details import StructureForm
from .search import StructureSearchForm
from .team import MemberForm

__all__ = [
    "AccreditationForm",
    "MemberForm",
    "ReasonForm",
    "StructureForm",
    "StructureSearchForm",
    "VisitForm",
]
