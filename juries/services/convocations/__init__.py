"""Letters: one row per person and per matter, sent once by a worker.

`keep_told` brings the convocations of a session in line with what the session is now: call it, within the
transaction, after any act that changes who comes, when or where. It writes nothing when nothing changed.
"""

from juries.services.convocations.convocation_sync import keep_told, tell_cancelled
from juries.services.convocations.renewals import renew_letter
from juries.services.results.result_letters import (
    ask_reviewer,
    for_letters,
    send_outcome_again,
    tell_appeal,
    tell_results,
)
from juries.services.results.structure_letters import write_to_structures

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
