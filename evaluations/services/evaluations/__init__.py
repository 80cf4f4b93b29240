from .observations import Observation, Outcome, day_refusal
from .recording import MOST_AT_ONCE, record_evaluations
from .voiding import void_evaluation

__all__ = ["MOST_AT_ONCE", "Observation", "Outcome", "day_refusal", "record_evaluations", "void_evaluation"]
