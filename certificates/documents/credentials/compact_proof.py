"""The proof inside the QR code of a certificate: docs/verification-format.md holds the exact format."""

from certificates.documents.credentials.jwk import jwk
from certificates.documents.credentials.keys import proof_key
from certificates.documents.credentials.signing import sign
from certificates.models import Certificate


def compact_proof(certificate: Certificate) -> str:
    """Number, name, title and day, signed (JWS, ES256): what follows « # » in the address of the QR code.

    The same row and key give the same text, in the alphabet of base64url and two dots; about 335 characters for
    an ordinary name. It holds nothing that the verification page does not show. Raises `KeyUnavailable`.
    """
    key = proof_key()
    header = {"alg": "ES256", "kid": jwk(key.public_key())["kid"]}
    return sign(header, proven_claims(certificate), key)


def proven_claims(certificate: Certificate) -> dict[str, object]:
    """The claims of the proof: four, and a fifth on certificates of a demonstration."""
    claims: dict[str, object] = {
        "number": certificate.number,
        "name": certificate.full_name,
        "title": certificate.title,
        "date": certificate.delivered_on.isoformat(),
    }
    return claims | {"example": True} if certificate.is_demo else claims
