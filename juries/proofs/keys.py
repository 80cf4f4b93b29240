"""The public keys of the proofs as the world reads them: JSON Web Keys, RFC 7517."""

import hashlib
import json

from cryptography.hazmat.primitives.asymmetric import ec

from juries.keys import proof_key, retired_proof_keys
from juries.proofs.base64url import encode

COORDINATE_BYTES = 32
NAME_LENGTH = 8


def published_keys() -> list[dict[str, str]]:
    """Every key that signed or signs proofs, the present one first; raises `KeyUnavailable`."""
    keys = [jwk(key) for key in (proof_key().public_key(), *retired_proof_keys())]
    return list({key["kid"]: key for key in keys}.values())


def jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """A P-256 key as JSON. Its name is the start of its thumbprint (RFC 7638): 8 letters in each QR code."""
    numbers = key.public_numbers()
    point = {"crv": "P-256", "kty": "EC", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}
    canonical = json.dumps(point, separators=(",", ":"), sort_keys=True)
    thumbprint = encode(hashlib.sha256(canonical.encode()).digest())
    return point | {"kid": thumbprint[:NAME_LENGTH], "use": "sig", "alg": "ES256"}


def _coordinate(number: int) -> str:
    return encode(number.to_bytes(COORDINATE_BYTES))
