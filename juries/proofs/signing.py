"""JSON signed by the proof key: JSON Web Signatures in compact form (RFC 7515) with ES256 (RFC 7518, 3.4)."""

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from juries.proofs.base64url import decode, encode
from juries.proofs.keys import COORDINATE_BYTES

# RFC 6979 draws the nonce from what is signed: the same words and key give the same signature for ever.
SIGNS = ec.ECDSA(SHA256(), deterministic_signing=True)
CHECKS = ec.ECDSA(SHA256())


def sign(header: dict[str, Any], payload: dict[str, Any], key: ec.EllipticCurvePrivateKey) -> str:
    """`header.payload.signature`; the same three arguments give the same text."""
    signed = f"{encode(compact(header))}.{encode(compact(payload))}"
    r, s = decode_dss_signature(key.sign(signed.encode(), SIGNS))
    return f"{signed}.{encode(r.to_bytes(COORDINATE_BYTES) + s.to_bytes(COORDINATE_BYTES))}"


def is_signed_by(text: str, key: ec.EllipticCurvePublicKey) -> bool:
    """Whether `key` signed `text`, a compact signature, letter for letter."""
    try:
        signed, _, signature = text.rpartition(".")
        raw = decode(signature)
        if len(raw) != 2 * COORDINATE_BYTES:
            return False
        r, s = (int.from_bytes(raw[part]) for part in (slice(0, 32), slice(32, 64)))
        key.verify(encode_dss_signature(r, s), signed.encode(), CHECKS)
    except (ValueError, InvalidSignature):
        return False
    return True


def compact(value: dict[str, Any]) -> bytes:
    """JSON without spaces, UTF-8, members in the order given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
