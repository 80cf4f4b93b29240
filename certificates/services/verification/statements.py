"""The statement of a verification: its result and its time, signed so that it can be checked again.

A statement is a JWS in compact form (RFC 7515), ES256, made with the key of the proofs: this site reads it back
at `/verifier/constat/<statement>/`, and so does any reader of JWT that has the public key.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from joserfc.jws import CompactSignature

from certificates.documents.credentials.jwk import jwk
from certificates.documents.credentials.keys import KeyUnavailable, proof_key, retired_proof_keys
from certificates.documents.credentials.signing import read_signed, sign
from certificates.enums import VerificationStatus
from certificates.models import Certificate
from certificates.models.register import CODE_LENGTH
from certificates.services.verification.results import VerificationResult, status_of

KIND = "cqp-constat+jwt"
FOLLOWED = {VerificationStatus.VALID, VerificationStatus.REVOKED, VerificationStatus.REPLACED}
"""The statuses that follow the state of the certificate, and may have changed since."""

LONGEST = 1_000


@dataclass(frozen=True)
class Statement:
    """The result that this site gave at a moment for a code, or for the file that has this SHA-256."""

    status: VerificationStatus
    stated_at: datetime
    code: str = ""
    sha256: str = ""
    certificate: Certificate | None = None

    @property
    def result(self) -> VerificationResult:
        """The result to show today: for a certificate found by its code, its present state."""
        status = self.status
        if self.certificate and status in FOLLOWED:
            status = status_of(self.certificate)
        return VerificationResult(status, self.stated_at, self.code, self.certificate, self.sha256)


def sign_statement(result: VerificationResult) -> str:
    """The signed statement of a result; empty for a file that could not be read, and while the key is missing.

    A verification never waits for the key.
    """
    if result.status == VerificationStatus.UNREADABLE:
        return ""
    payload = {
        "iss": settings.SITE_URL,
        "iat": int(result.checked_at.timestamp()),
        "verdict": result.status.value,
        "code": result.code[:CODE_LENGTH],
        "number": result.certificate.number if result.certificate else "",
        "sha256": result.sha256,
    }
    try:
        key = proof_key()
    except KeyUnavailable:
        return ""
    header = {"alg": "ES256", "kid": jwk(key.public_key())["kid"], "typ": KIND}
    return sign(header, {name: value for name, value in payload.items() if value}, key)


def read_statement(text: str) -> Statement | None:
    """The statement that this site signed, with its line of the register; None when this site did not sign it.

    The signature is checked before anything is read or looked up.
    """
    signed = _read(text) if len(text) <= LONGEST else None
    if signed is None or signed.protected.get("typ") != KIND:
        return None
    payload = json.loads(signed.payload)
    code = payload.get("code", "")
    return Statement(
        status=VerificationStatus(payload["verdict"]),
        stated_at=datetime.fromtimestamp(payload["iat"], UTC),
        code=code,
        sha256=payload.get("sha256", ""),
        certificate=Certificate.objects.select_related("replaced_by").filter(code=code).first(),
    )


def _read(text: str) -> CompactSignature | None:
    """The signed content of the text, when a present or retired key signed it."""
    try:
        keys = [proof_key().public_key(), *retired_proof_keys()]
    except KeyUnavailable:
        return None
    return next(filter(None, (read_signed(text, key) for key in keys)), None)
