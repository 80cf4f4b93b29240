"""Which badges are no longer valid, one bit each: W3C Bitstring Status List 1.0, signed like the badges."""

import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from joserfc.util import urlsafe_b64encode

from certificates.documents.credentials.badges import CONTEXT, issuer, signed, status_address

LEAST_BITS = 131_072
"""The standard requires 16 KB of bits at least, so that a request does not tell which badge is read."""

VALID_FOR = timedelta(days=1)
"""An older copy of the list is refused: it may lack a revocation."""

CACHED_FOR = timedelta(minutes=5)


def revocation_list(*, year: int, ranks: Iterable[int], last: int, at: datetime) -> str:
    """The list of one year of the register: bit number `rank` is 1 where the certificate is no longer valid.

    `last` is the last rank given in the year. Raises `KeyUnavailable`.
    """
    where = status_address(year)
    list_id = f"{where}#list"
    subject = {
        "id": list_id,
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": f"u{urlsafe_b64encode(gzip.compress(_bits(ranks, last), mtime=0)).decode()}",
        "ttl": int(CACHED_FOR.total_seconds() * 1000),
    }
    credential = {
        "@context": CONTEXT[:1],
        "id": where,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer(settings.CERTIFIER_NAME),
        "validFrom": at.replace(microsecond=0).isoformat(),
        "validUntil": (at.replace(microsecond=0) + VALID_FOR).isoformat(),
        "credentialSubject": subject,
    }
    return signed(credential, subject=list_id)


def _bits(ranks: Iterable[int], last: int) -> bytes:
    """The first bit is the leftmost of the first byte."""
    bits = bytearray(max(LEAST_BITS // 8, last // 8 + 1))
    for rank in ranks:
        bits[rank // 8] |= 0x80 >> rank % 8
    return bytes(bits)
