"""The public keys of the proofs as the world reads them: JSON Web Keys, RFC 7517."""

import hashlib
import json

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from juries.keys import certificate_key, proof_key, retired_proof_keys
from juries.proofs.base64url import encode

SigningKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
CheckingKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

COORDINATE_BYTES = 32
NAME_LENGTH = 8


def badge_key() -> SigningKey:
    """What signs badges: the RSA key of the files, since Open Badges wants RS256 of everybody; raises `KeyUnavailable`.

    A certifier whose files are signed on an elliptic curve signs badges with the key of the proofs (ES256),
    which the standard allows and some readers do not know.
    """
    key = certificate_key().private_key
    return key if isinstance(key, rsa.RSAPrivateKey) else proof_key()


def published_keys() -> list[dict[str, str]]:
    """Every key that signs or signed proofs and badges, those of today first; raises `KeyUnavailable`."""
    keys = [*present_keys(), *map(jwk, retired_proof_keys())]
    return list({key["kid"]: key for key in keys}.values())


def present_keys() -> list[dict[str, str]]:
    """The keys that sign today: that of the proofs, then that of the badges when it is another."""
    keys = [jwk(proof_key().public_key()), jwk(badge_key().public_key())]
    return keys[:1] if keys[0] == keys[1] else keys


def keys_without_network() -> dict[str, list]:
    """What checks the proofs of QR codes where nothing can be asked: their keys, and the names of those of today."""
    keys = [key for key in published_keys() if key["alg"] == "ES256"]
    return {"keys": keys, "present": [key["kid"] for key in present_keys()]}


def jwk(key: CheckingKey) -> dict[str, str]:
    """A public key as JSON. Its name is the start of its thumbprint (RFC 7638): 8 letters in each QR code."""
    if isinstance(key, rsa.RSAPublicKey):
        known, algorithm = _rsa_members(key.public_numbers()), "RS256"
    else:
        known, algorithm = _curve_members(key.public_numbers()), "ES256"
    canonical = json.dumps(known, separators=(",", ":"), sort_keys=True)
    thumbprint = encode(hashlib.sha256(canonical.encode()).digest())
    return known | {"kid": thumbprint[:NAME_LENGTH], "use": "sig", "alg": algorithm}


def _curve_members(numbers: ec.EllipticCurvePublicNumbers) -> dict[str, str]:
    x, y = (encode(number.to_bytes(COORDINATE_BYTES)) for number in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def _rsa_members(numbers: rsa.RSAPublicNumbers) -> dict[str, str]:
    n, e = (encode(number.to_bytes((number.bit_length() + 7) // 8)) for number in (numbers.n, numbers.e))
    return {"e": e, "kty": "RSA", "n": n}
