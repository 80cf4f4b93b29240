"""JSON signed by a key of the certifier: JSON Web Signatures in compact form (RFC 7515), ES256 or RS256 (RFC 7518)."""

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from juries.proofs.base64url import decode, encode
from juries.proofs.keys import COORDINATE_BYTES, CheckingKey, SigningKey

# RFC 6979 draws the nonce from what is signed: the same words and key give the same signature for ever.
SIGNS = ec.ECDSA(SHA256(), deterministic_signing=True)
CHECKS = ec.ECDSA(SHA256())


def sign(header: dict[str, Any], payload: dict[str, Any], key: SigningKey) -> str:
    """`header.payload.signature`; the same three arguments give the same text."""
    signed = f"{encode(compact(header))}.{encode(compact(payload))}"
    if isinstance(key, rsa.RSAPrivateKey):
        return f"{signed}.{encode(key.sign(signed.encode(), PKCS1v15(), SHA256()))}"
    r, s = decode_dss_signature(key.sign(signed.encode(), SIGNS))
    return f"{signed}.{encode(r.to_bytes(COORDINATE_BYTES) + s.to_bytes(COORDINATE_BYTES))}"


def is_signed_by(text: str, key: CheckingKey) -> bool:
    """Whether `key` signed `text`, a compact signature, letter for letter."""
    try:
        signed, _, signature = text.rpartition(".")
        _check(decode(signature), signed.encode(), key)
    except (ValueError, InvalidSignature):
        return False
    return True


def _check(signature: bytes, signed: bytes, key: CheckingKey) -> None:
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, PKCS1v15(), SHA256())
        return
    if len(signature) != 2 * COORDINATE_BYTES:
        raise InvalidSignature
    r, s = (int.from_bytes(signature[part]) for part in (slice(0, 32), slice(32, 64)))
    key.verify(encode_dss_signature(r, s), signed, CHECKS)


def compact(value: dict[str, Any]) -> bytes:
    """JSON without spaces, UTF-8, members in the order given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
