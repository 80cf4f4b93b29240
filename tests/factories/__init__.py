"""Minimal rows for the tests: each factory makes what the database asks for and nothing more."""

from .accounts import PASSWORD, UserFactory
from .evaluations import (
    CompetencyFactory,
    EvaluationFactory,
    ExperienceSheetFactory,
    FrameworkFactory,
    seal_anyhow,
)
from .juries import (
    CandidateFactory,
    CertificationSettingsFactory,
    JurorFactory,
    JurySessionFactory,
    SeatFactory,
)
from .structures import MembershipFactory, StructureFactory, SupportFactory
from .trainees import (
    EnrollmentFactory,
    ImmersionFactory,
    PlanFactory,
    TraineeFactory,
    TrainingSessionFactory,
    TutorAppraisalFactory,
)

__all__ = [
    "PASSWORD",
    "CandidateFactory",
    "CertificationSettingsFactory",
    "CompetencyFactory",
    "EnrollmentFactory",
    "EvaluationFactory",
    "ExperienceSheetFactory",
    "FrameworkFactory",
    "ImmersionFactory",
    "JurorFactory",
    "JurySessionFactory",
    "MembershipFactory",
    "PlanFactory",
    "SeatFactory",
    "StructureFactory",
    "SupportFactory",
    "TraineeFactory",
    "TrainingSessionFactory",
    "TutorAppraisalFactory",
    "UserFactory",
    "seal_anyhow",
]
