from .observations import Observation, Outcome
from .recording import MOST_AT_ONCE, record_evaluations
from .voiding import void_evaluation

__all__ = ["MOST_AT_ONCE", "Observation", "Outcome", "record_evaluations", "void_evaluation"]
