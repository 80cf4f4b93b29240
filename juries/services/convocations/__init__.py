"""Letters: one row per person and per matter, sent once by a worker.

`keep_told` brings the convocations of a session in line with what the session is now: call it, within the
transaction, after any act that changes who comes, when or where. It writes nothing when nothing changed.
"""

from juries.services.convocations.convocation_sync import keep_told, tell_cancelled
from juries.services.convocations.renewals import renew_letter

__all__ = [
    "keep_told",
    "renew_letter",
    "tell_cancelled",
]
