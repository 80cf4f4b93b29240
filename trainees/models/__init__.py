from trainees.models.enrollments.enrollment import Enrollment, Pause
from trainees.models.enrollments.exit_reason import ExitReason
from trainees.models.enrollments.past_placement import PastPlacement
from trainees.models.enrollments.trainee import Trainee
from trainees.models.hours import TrainingPlan
from trainees.models.immersions import Immersion, TutorAppraisal
from trainees.models.months.closing import MonthClosing
from trainees.models.months.sheet import MonthlySheet
from trainees.models.sessions.session import Attendance, TrainingSession
from trainees.models.sessions.signature import Signature

__all__ = [
    "Attendance",
    "Enrollment",
    "ExitReason",
    "Immersion",
    "MonthClosing",
    "MonthlySheet",
    "PastPlacement",
    "Pause",
    "Signature",
    "Trainee",
    "TrainingPlan",
    "TrainingSession",
    "TutorAppraisal",
]
