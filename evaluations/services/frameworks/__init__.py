from .competencies import CompetencyText, add_competency, change_competency, remove_competency
from .drafts import change_draft, copy_framework
from .example import load_example
from .publication import (
    Consequences,
    foresee_publication,
    foresee_retirement,
    missing_pieces,
    publish,
    retire,
)

__all__ = [
    "CompetencyText",
    "Consequences",
    "add_competency",
    "change_competency",
    "change_draft",
    "copy_framework",
    "foresee_publication",
    "foresee_retirement",
    "load_example",
    "missing_pieces",
    "publish",
    "remove_competency",
    "retire",
]
