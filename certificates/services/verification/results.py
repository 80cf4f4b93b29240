"""The result of the verification of a code or of a file.

The register decides: a file is only used to find the line that it is compared with.
"""

import codecs
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from certificates.enums import CertificateState, RecognisedBy, VerificationStatus
from certificates.models import Certificate
from certificates.models.register import CertificateQuerySet
from certificates.services.verification.differences import Difference, differences, same_payload
from certificates.services.verification.file_reader import ParsedFile, parse_file
from certificates.services.verification.pdf_signature import NO_SIGNATURE, PdfSignature
from core import clock

STATUSES: dict[str, VerificationStatus] = {
    CertificateState.REVOKED: VerificationStatus.REVOKED,
    CertificateState.REPLACED: VerificationStatus.REPLACED,
}

BLANKS = b"\t\n\f\r \0"
ENDINGS = (b"", b"\n", b"\r\n")
"""How a delivered file may end after its last word."""


@dataclass(frozen=True)
class VerificationResult:
    """The status of a `code`, or of a file with its `sha256`.

    `certificate` is the line of the register; for an altered copy, the line that it should agree with. `signature` is
    the state of the signature inside the file. `differences` are the public values of an altered copy that differ
    from the register; `has_same_payload` is true when its whole payload equals that of the register.
    """

    status: VerificationStatus
    checked_at: datetime
    code: str = ""
    certificate: Certificate | None = None
    sha256: str = ""
    recognised_by: str = ""
    signature: PdfSignature = NO_SIGNATURE
    is_locked: bool = False
    differences: tuple[Difference, ...] = ()
    has_same_payload: bool = False


def result_for_code(code: str) -> VerificationResult:
    """The result for a code, in one query whether it is known or not. A certificate is valid before it has its file."""
    certificate = _register().filter(code=code).first()
    status = status_of(certificate) if certificate else VerificationStatus.UNKNOWN
    return VerificationResult(status, clock.now(), code=code, certificate=certificate)


def result_for_file(content: bytes) -> VerificationResult:
    """The result for a file, which is read in memory and stored nowhere.

    Valid: the file delivered, byte for byte, with or without blanks around it; or, while the certificate has no
    fingerprint, a file signed as a whole by the certifier, with the same payload. Any other file that carries the code
    of a certificate, or the signature of the certifier, is an altered copy.
    """
    versions = {hashlib.sha256(version).hexdigest(): version for version in _versions(content)}
    sha256 = next(iter(versions))
    parsed = parse_file(content)
    shared = {"checked_at": clock.now(), "sha256": sha256}
    found = list(_register().filter(Q(file_sha256__in=versions) | Q(code__in=parsed.codes)))
    for certificate in found:
        if version := versions.get(certificate.file_sha256):
            recognised_by = RecognisedBy.FINGERPRINT if version == content else RecognisedBy.TRIMMED
            return _recognised(certificate, recognised_by, _signature_of(version), shared)
    signatures = [_signature_of(version) for version in versions.values()]
    signature = next((one for one in signatures if one.is_valid), signatures[0])
    for certificate in found:
        if signature.is_valid and not certificate.file_sha256 and same_payload(certificate, parsed.payloads):
            return _recognised(certificate, RecognisedBy.SIGNATURE, signature, shared)
    return _not_recognised(parsed, found, signature, shared)


def _versions(content: bytes) -> list[bytes]:
    """The file as it is, then as it may have been before mail or an editor put blanks around it or took them off."""
    bare = content.strip(BLANKS).removeprefix(codecs.BOM_UTF8).strip(BLANKS)
    return [content, *(bare + ending for ending in ENDINGS)]


def status_of(certificate: Certificate) -> VerificationStatus:
    """The status of a line of the register, by its state."""
    return STATUSES.get(certificate.state, VerificationStatus.VALID)


def _signature_of(content: bytes) -> PdfSignature:
    """The signature of the certifier on a file; without its key, none is recognised."""
    if b"/ByteRange" not in content:
        return NO_SIGNATURE
    from certificates.services.verification import signatures  # late: pyHanko takes a second to load

    return signatures.check(content)


def _recognised(
    certificate: Certificate, recognised_by: RecognisedBy, signature: PdfSignature, shared: dict[str, Any]
) -> VerificationResult:
    return VerificationResult(
        status_of(certificate),
        code=certificate.code,
        certificate=certificate,
        recognised_by=recognised_by,
        signature=signature,
        **shared,
    )


def _not_recognised(
    parsed: ParsedFile, found: list[Certificate], signature: PdfSignature, shared: dict[str, Any]
) -> VerificationResult:
    code = next(iter(parsed.codes), "")
    if found:
        certificate = min(found, key=lambda one: parsed.codes.index(one.code))
        return VerificationResult(
            VerificationStatus.ALTERED,
            code=certificate.code,
            certificate=certificate,
            signature=signature,
            differences=differences(certificate, parsed.payloads),
            has_same_payload=same_payload(certificate, parsed.payloads),
            **shared,
        )
    if signature.is_valid:
        return VerificationResult(VerificationStatus.UNREGISTERED, code=code, signature=signature, **shared)
    if signature.claimed:
        return VerificationResult(VerificationStatus.ALTERED, code=code, signature=signature, **shared)
    if code:
        return VerificationResult(VerificationStatus.UNKNOWN, code=code, **shared)
    if parsed.is_locked or not parsed.is_pdf:
        return VerificationResult(
            VerificationStatus.UNREADABLE, is_locked=parsed.is_pdf and parsed.is_locked, **shared
        )
    return VerificationResult(VerificationStatus.FOREIGN, **shared)


def _register() -> CertificateQuerySet:
    return Certificate.objects.select_related("replaced_by")
