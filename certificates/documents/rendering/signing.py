"""The certifier's signature on the file of a certificate: PAdES, that any reader of PDF shows and checks."""

from types import ModuleType

from certificates.documents.credentials.keys import certificate_key
from certificates.models import Certificate


def sign(content: bytes, *, certificate: Certificate) -> bytes:
    """Sign a file made by `render_document`, as an addition at its end.

    PAdES B-B, or B-T where a time-stamp authority is set. The signature certifies the document: a reader shows who
    signed, and reports any later change. It holds the moment of signing, so that two signatures of one file differ.
    Raises `KeyUnavailable` when the key is missing, `TimestampUnavailable` when the authority does not answer: both
    only delay.
    """
    return load_pyhanko().sign(
        content,
        key=certificate_key(),
        name=certificate.certifier_name,
        reason=f"Certificat {certificate.number}",
    )


def load_pyhanko() -> ModuleType:
    """Load pyHanko now: a process that does it before it forks does it for its children."""
    from certificates.documents.rendering import pades  # late: a second to load, and no web server signs

    return pades
