from .enrollment import Enrollment, Pause
from .exit_reason import ExitReason
from .immersion import Immersion
from .plan import TrainingPlan
from .session import Attendance, MonthClosing, TrainingSession
from .trainee import Trainee

__all__ = [
    "Attendance",
    "Enrollment",
    "ExitReason",
    "Immersion",
    "MonthClosing",
    "Pause",
    "Trainee",
    "TrainingPlan",
    "TrainingSession",
]
