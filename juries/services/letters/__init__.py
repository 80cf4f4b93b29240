"""Letters: one row per person and per matter, sent once by a worker.

`keep_told` brings the convocations of a session in line with what the session is now: call it, within the
transaction, after any act that changes who comes, when or where. It writes nothing when nothing changed.
"""

from .outcomes import ask_reviewer, for_letters, send_outcome_again, tell_appeal, tell_results
from .renewals import renew_letter
from .results import write_to_structures
from .telling import keep_told, tell_cancelled

__all__ = [
    "ask_reviewer",
    "for_letters",
    "keep_told",
    "renew_letter",
    "send_outcome_again",
    "tell_appeal",
    "tell_cancelled",
    "tell_results",
    "write_to_structures",
]
