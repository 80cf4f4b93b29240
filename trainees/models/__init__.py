from .enrollment import Enrollment, Pause
from .exit_reason import ExitReason
from .immersion import Immersion, TutorAppraisal
from .month import MonthClosing
from .monthly_sheet import MonthlySheet
from .plan import TrainingPlan
from .session import Attendance, TrainingSession
from .signature import Signature
from .stay import Stay
from .trainee import Trainee

__all__ = [
    "Attendance",
    "Enrollment",
    "ExitReason",
    "Immersion",
    "MonthClosing",
    "MonthlySheet",
    "Pause",
    "Signature",
    "Stay",
    "Trainee",
    "TrainingPlan",
    "TrainingSession",
    "TutorAppraisal",
]
