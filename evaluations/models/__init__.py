from .content import Activity, Competency, Domain, GridCriterion, JudgementLevel, MasteryLevel, Module
from .dossier import Dossier, DossierSignature, PieceReview
from .evaluation import CurrentLevel, Evaluation, EvaluationTally, EvaluationVoid
from .framework import Framework
from .sheet import ExperienceSheet, SheetCompetency, SheetPhoto

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
