from .reading import missing_signatures, signatures_by_presence
from .receiving import Received, SignatureIn, fingerprint, receive_signatures

__all__ = [
    "Received",
    "SignatureIn",
    "fingerprint",
    "missing_signatures",
    "receive_signatures",
    "signatures_by_presence",
]
