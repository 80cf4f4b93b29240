"""The statement of a verification: what was answered and when, signed so that it can be checked again.

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
from certificates.enums import Verdict
from certificates.models import Certificate
from certificates.models.register import CODE_LENGTH
from certificates.services.verification.results import Answer, verdict_on

KIND = "cqp-constat+jwt"
FOLLOWED = {Verdict.VALID, Verdict.REVOKED, Verdict.REPLACED}
"""The verdicts that follow the state of the certificate, and may have changed since."""

LONGEST = 1_000


@dataclass(frozen=True)
class Statement:
    """What this site answered at a moment, about a code, or about the file that has this SHA-256."""

    verdict: Verdict
    stated_at: datetime
    code: str = ""
    sha256: str = ""
    certificate: Certificate | None = None

    @property
    def answer(self) -> Answer:
        """The answer to show today: of a certificate found by its code, the state that it has now."""
        verdict = self.verdict
        if self.certificate and verdict in FOLLOWED:
            verdict = verdict_on(self.certificate)
        return Answer(verdict, self.stated_at, self.code, self.certificate, self.sha256)


def statement_of(answer: Answer) -> str:
    """The statement of an answer; empty for a file that could not be read, and while the key is not there.

    A verification never waits for the key.
    """
    if answer.verdict == Verdict.UNREADABLE:
        return ""
    payload = {
        "iss": settings.SITE_URL,
        "iat": int(answer.checked_at.timestamp()),
        "verdict": answer.verdict.value,
        "code": answer.code[:CODE_LENGTH],
        "number": answer.certificate.number if answer.certificate else "",
        "sha256": answer.sha256,
    }
    try:
        key = proof_key()
    except KeyUnavailable:
        return ""
    header = {"alg": "ES256", "kid": jwk(key.public_key())["kid"], "typ": KIND}
    return sign(header, {name: value for name, value in payload.items() if value}, key)


def read_statement(text: str) -> Statement | None:
    """The statement that this site signed, with the line of the register it is about; None when it is no such thing.

    The signature is checked before anything is read or looked up.
    """
    signed = _read(text) if len(text) <= LONGEST else None
    if signed is None or signed.protected.get("typ") != KIND:
        return None
    payload = json.loads(signed.payload)
    code = payload.get("code", "")
    return Statement(
        verdict=Verdict(payload["verdict"]),
        stated_at=datetime.fromtimestamp(payload["iat"], UTC),
        code=code,
        sha256=payload.get("sha256", ""),
        certificate=Certificate.objects.select_related("replaced_by").filter(code=code).first(),
    )


def _read(text: str) -> CompactSignature | None:
    """What the text says, once a key of ours, today's or a retired one, is seen to have signed it."""
    try:
        keys = [proof_key().public_key(), *retired_proof_keys()]
    except KeyUnavailable:
        return None
    return next(filter(None, (read_signed(text, key) for key in keys)), None)
