"""What the QR code of a certificate proves by itself: docs/verification-format.md holds the exact format."""

from certificates.documents.credentials.jwk import jwk
from certificates.documents.credentials.keys import proof_key
from certificates.documents.credentials.signing import sign
from certificates.models import Certificate


def compact_proof(certificate: Certificate) -> str:
    """Number, name, title and day, signed (JWS, ES256): what follows « # » in the address of the QR code.

    The same row and key give the same text, in the alphabet of base64url and two dots; about 335 letters for
    an ordinary name. Nothing is there that the verification page does not show. Raises `KeyUnavailable`.
    """
    key = proof_key()
    header = {"alg": "ES256", "kid": jwk(key.public_key())["kid"]}
    return sign(header, proven_facts(certificate), key)


def proven_facts(certificate: Certificate) -> dict[str, object]:
    """What the proof says: four facts, and a fifth on the lines that are worth nothing."""
    facts: dict[str, object] = {
        "number": certificate.number,
        "name": certificate.full_name,
        "title": certificate.title,
        "date": certificate.delivered_on.isoformat(),
    }
    return facts | {"example": True} if certificate.is_demo else facts
