"""The statement of a verification: what was answered and when, signed so that it can be checked again.

A statement is a JWS in compact form (RFC 7515), ES256, made with the key of the proofs: this site reads it back
at `/verifier/constat/<statement>/`, and so does any reader of JWT that has the public key.
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.conf import settings

from juries.enums import Verdict
from juries.keys import KeyUnavailable, proof_key, retired_proof_keys
from juries.models import Certificate
from juries.models.certificate import CODE_LENGTH
from juries.services.verification.answers import Answer, verdict_on

KIND = "cqp-constat+jwt"
HEADER = {"alg": "ES256", "typ": KIND}
FOLLOWED = {Verdict.VALID, Verdict.REVOKED, Verdict.REPLACED}
"""The verdicts that follow the state of the certificate, and may have changed since."""

LONGEST = 1_000
HALF = 32
"""Bytes of each of the two numbers of a P-256 signature."""


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
        follows = self.certificate is not None and self.verdict in FOLLOWED
        verdict = verdict_on(self.certificate) if follows else self.verdict
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
    signed = f"{_packed(HEADER)}.{_packed({name: value for name, value in payload.items() if value})}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{_base64(r.to_bytes(HALF, 'big') + s.to_bytes(HALF, 'big'))}"


def read_statement(text: str) -> Statement | None:
    """The statement that this site signed, with the line of the register it is about; None when it is no such thing.

    The signature is checked before anything is read or looked up.
    """
    if len(text) > LONGEST or text.count(".") != 2:
        return None
    signed, _, signature = text.rpartition(".")
    if not _is_ours(signed, signature):
        return None
    header, payload = (json.loads(_bytes(part)) for part in signed.split("."))
    if header != HEADER:
        return None
    code = payload.get("code", "")
    return Statement(
        verdict=Verdict(payload["verdict"]),
        stated_at=datetime.fromtimestamp(payload["iat"], UTC),
        code=code,
        sha256=payload.get("sha256", ""),
        certificate=Certificate.objects.select_related("replaced_by").filter(code=code).first(),
    )


def _is_ours(signed: str, signature: str) -> bool:
    try:
        keys = [proof_key().public_key(), *retired_proof_keys()]
        raw = _bytes(signature)
    except (KeyUnavailable, ValueError):
        return False
    if len(raw) != 2 * HALF or _base64(raw) != signature:
        return False
    r, s = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
    return any(_signed_by(key, encode_dss_signature(r, s), signed.encode()) for key in keys)


def _signed_by(key: ec.EllipticCurvePublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _packed(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
