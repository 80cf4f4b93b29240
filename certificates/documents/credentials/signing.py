"""JSON signed by a key of the certifier: JSON Web Signatures in compact form (RFC 7515), ES256 or RS256 (RFC 7518)."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwa import ESAlgorithm
from joserfc.jwk import ECKey

from certificates.documents.credentials.jwk import CheckingKey, SigningKey, jose_key


class DeterministicES256(ESAlgorithm):
    """ES256 whose nonce is drawn from what is signed (RFC 6979), where joserfc draws a new one each time.

    The QR code of a certificate is part of its file, which the same row must give again.
    """

    def sign(self, msg: bytes, key: ECKey) -> bytes:
        r, s = decode_dss_signature(
            key.get_op_key("sign").sign(msg, ec.ECDSA(SHA256(), deterministic_signing=True))
        )
        return r.to_bytes(32) + s.to_bytes(32)


class Registry(jws.JWSRegistry):
    """What joserfc may use here."""

    algorithms = jws.JWSRegistry.algorithms | {"ES256": DeterministicES256("ES256", "P-256", 256)}


REGISTRY = Registry(algorithms=("ES256", "RS256"))


def sign(header: dict[str, Any], payload: dict[str, Any], key: SigningKey) -> str:
    """`header.payload.signature`; the same three arguments give the same text.

    The payload is JSON without spaces, UTF-8, members in the order given.
    """
    content = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return jws.serialize_compact(header, content, jose_key(key), registry=REGISTRY)


def read_signed(text: str, key: CheckingKey) -> jws.CompactSignature | None:
    """What `key` signed, its header and its payload, when it signed `text` letter for letter; None otherwise."""
    try:
        return jws.deserialize_compact(text, jose_key(key), registry=REGISTRY)
    except (JoseError, ValueError, TypeError):  # TypeError: a header that is no JSON object
        return None
