"""Letters: one row per person and per matter, sent once by a worker.

`sync_convocations` brings the convocations of a session in line with what the session is now: call it, within the
transaction, after any act that changes who comes, when or where. It writes nothing when nothing changed.
"""

from juries.services.convocations.convocation_sync import sync_convocations, write_cancellations
from juries.services.convocations.resending import resend_letter

__all__ = [
    "resend_letter",
    "sync_convocations",
    "write_cancellations",
]
