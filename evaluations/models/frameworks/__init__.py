from .content import Activity, Competency, Domain, GridCriterion, JudgementLevel, MasteryLevel, Module
from .framework import Framework

__all__ = [
    "Activity",
    "Competency",
    "Domain",
    "Framework",
    "GridCriterion",
    "JudgementLevel",
    "MasteryLevel",
    "Module",
]
