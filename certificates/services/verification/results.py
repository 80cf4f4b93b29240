"""The verdict on a code or on a file: the register is the truth, the file only leads to it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from certificates.enums import CertificateState, Proof, Verdict
from certificates.models import Certificate
from certificates.models.register import CertificateQuerySet
from certificates.services.verification.differences import Difference, differences, same_facts
from certificates.services.verification.file_reader import Reading, read
from certificates.services.verification.pdf_signature import NO_SIGNATURE, PdfSignature
from core import clock

VERDICTS: dict[str, Verdict] = {
    CertificateState.REVOKED: Verdict.REVOKED,
    CertificateState.REPLACED: Verdict.REPLACED,
}


@dataclass(frozen=True)
class Answer:
    """What is answered, and what it was asked about: a `code`, or a file with its `sha256`.

    `certificate` is the line of the register: for a copy that was altered, the one that says what it should say.
    `signature` is what the signature inside the file is worth; `differences` are the facts that an altered copy tells
    otherwise, and `says_the_same` is true of one that tells them all as the register does.
    """

    verdict: Verdict
    checked_at: datetime
    code: str = ""
    certificate: Certificate | None = None
    sha256: str = ""
    proof: str = ""
    signature: PdfSignature = NO_SIGNATURE
    is_locked: bool = False
    differences: tuple[Difference, ...] = ()
    says_the_same: bool = False


def answer_for_code(code: str) -> Answer:
    """What the register says of a code: one query, whether it is known or not.

    The line is the truth: a certificate is valid before its file is drawn.
    """
    certificate = _register().filter(code=code).first()
    verdict = verdict_on(certificate) if certificate else Verdict.UNKNOWN
    return Answer(verdict, clock.now(), code=code, certificate=certificate)


def answer_for_file(content: bytes) -> Answer:
    """What a file is worth. It is read in memory, kept nowhere, and never believed.

    Valid is the file that was delivered, byte for byte. A certificate that has no fingerprint yet answers for a
    file that the certifier signed whole, with the same facts. Whatever else carries the code of a certificate, or
    our signature, is an altered copy: it may say anything.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    reading = read(content)
    facts = {"checked_at": clock.now(), "sha256": sha256}
    found = list(_register().filter(Q(file_sha256=sha256) | Q(code__in=reading.codes)))
    for certificate in found:
        if certificate.file_sha256 == sha256:
            proof = Proof.FINGERPRINT
            return _recognised(certificate, proof, _signature_of(content), facts)
    signature = _signature_of(content)
    for certificate in found:
        if signature.holds and not certificate.file_sha256 and same_facts(certificate, reading.facts):
            return _recognised(certificate, Proof.SIGNATURE, signature, facts)
    return _not_recognised(reading, found, signature, facts)


def verdict_on(certificate: Certificate) -> Verdict:
    """The verdict that follows from the state of a line of the register."""
    return VERDICTS.get(certificate.state, Verdict.VALID)


def _signature_of(content: bytes) -> PdfSignature:
    """The signature of the certifier on a file; without a key to compare with, none is recognised."""
    if b"/ByteRange" not in content:
        return NO_SIGNATURE
    from certificates.services.verification import signatures  # late: pyHanko takes a second to load

    return signatures.check(content)


def _recognised(certificate: Certificate, proof: Proof, signature: PdfSignature, facts: dict) -> Answer:
    return Answer(
        verdict_on(certificate),
        code=certificate.code,
        certificate=certificate,
        proof=proof,
        signature=signature,
        **facts,
    )


def _not_recognised(
    reading: Reading, found: list[Certificate], signature: PdfSignature, facts: dict
) -> Answer:
    code = next(iter(reading.codes), "")
    if found:
        certificate = min(found, key=lambda one: reading.codes.index(one.code))
        return Answer(
            Verdict.ALTERED,
            code=certificate.code,
            certificate=certificate,
            signature=signature,
            differences=differences(certificate, reading.facts),
            says_the_same=same_facts(certificate, reading.facts),
            **facts,
        )
    if signature.holds:
        return Answer(Verdict.UNREGISTERED, code=code, signature=signature, **facts)
    if signature.claimed:
        return Answer(Verdict.ALTERED, code=code, signature=signature, **facts)
    if code:
        return Answer(Verdict.UNKNOWN, code=code, **facts)
    if reading.is_locked or not reading.is_pdf:
        return Answer(Verdict.UNREADABLE, is_locked=reading.is_pdf and reading.is_locked, **facts)
    return Answer(Verdict.FOREIGN, **facts)


def _register() -> CertificateQuerySet:
    return Certificate.objects.select_related("replaced_by")
