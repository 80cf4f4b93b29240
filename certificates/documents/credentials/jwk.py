"""The public keys of the proofs and badges: JSON Web Keys, RFC 7517."""

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc.jwk import ECKey, RSAKey

from certificates.documents.credentials.keys import certificate_key, proof_key, retired_proof_keys

SigningKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
CheckingKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

NAME_LENGTH = 8


def badge_key() -> SigningKey:
    """What signs badges: the RSA key of the files, since Open Badges requires RS256; raises `KeyUnavailable`.

    A certifier whose files are signed on an elliptic curve signs badges with the key of the proofs (ES256),
    which the standard allows and some readers do not support.
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


def offline_keys() -> dict[str, list]:
    """The keys that check the proofs of QR codes offline, and the names of the present ones."""
    keys = [key for key in published_keys() if key["alg"] == "ES256"]
    return {"keys": keys, "present": [key["kid"] for key in present_keys()]}


def jwk(key: CheckingKey) -> dict[str, str]:
    """A public key as JSON. Its name is the start of its thumbprint (RFC 7638): 8 letters in each QR code."""
    known = jose_key(key)
    algorithm = "RS256" if isinstance(known, RSAKey) else "ES256"
    members = {name: str(value) for name, value in sorted(known.as_dict().items())}
    return members | {"kid": known.thumbprint()[:NAME_LENGTH], "use": "sig", "alg": algorithm}


def jose_key(key: SigningKey | CheckingKey) -> RSAKey | ECKey:
    """A key as joserfc takes it."""
    if isinstance(key, rsa.RSAPrivateKey | rsa.RSAPublicKey):
        return RSAKey.import_key(key)
    return ECKey.import_key(key)
