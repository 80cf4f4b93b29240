from .dossiers import Dossier, DossierSignature, PieceReview
from .evaluations import CurrentLevel, Evaluation, EvaluationTally, EvaluationVoid
from .frameworks import (
    Activity,
    Competency,
    Domain,
    Framework,
    GridCriterion,
    JudgementLevel,
    MasteryLevel,
    Module,
)
from .sheets import ExperienceSheet, SheetCompetency, SheetPhoto

__all__ = [
    "Activity",
    "Competency",
    "CurrentLevel",
    "Domain",
    "Dossier",
    "DossierSignature",
    "Evaluation",
    "EvaluationTally",
    "EvaluationVoid",
    "ExperienceSheet",
    "Framework",
    "GridCriterion",
    "JudgementLevel",
    "MasteryLevel",
    "Module",
    "PieceReview",
    "SheetCompetency",
    "SheetPhoto",
]
