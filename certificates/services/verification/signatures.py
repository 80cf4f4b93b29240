"""Whether the certifier signed the bytes of a file.

The bytes that a PDF signature covers are named by its `/ByteRange`: all but one hole, which holds the
signature itself. They are found by that pattern and hashed as they stand; the signature is checked by pyHanko
against the certificate of the certifier and no other. So a file cannot bring its own truth: whatever it contains,
its bytes are those that the key signed, or they are not.
"""

import hashlib
import re

from asn1crypto import cms, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from certificates.documents.credentials.keys import KeyUnavailable, certificate_key
from certificates.services.verification.pdf_signature import PdfSignature

MOST_SIGNATURES = 8
LONGEST_SIGNATURE = 64 * 1024
DIGESTS = {"sha256", "sha384", "sha512"}
DAMAGE = (ValueError, TypeError, KeyError, IndexError, RecursionError, SignatureValidationError)
"""What the readers of ASN.1 raise on bytes that are no signature."""

_BYTE_RANGE = re.compile(
    rb"/ByteRange\s{0,4}\[\s{0,4}0\s{1,4}(\d{1,10})\s{1,20}(\d{1,10})\s{1,20}(\d{1,10})\s{0,80}\]"
)
_HEX = re.compile(rb"<[0-9A-Fa-f]+>")


def check(content: bytes) -> PdfSignature:
    """The signature of the certifier on a file. Without a key to compare with, none is recognised."""
    try:
        ours = x509.Certificate.load(certificate_key().certificate.public_bytes(Encoding.DER))
    except KeyUnavailable:
        return PdfSignature()
    claimed = is_foreign = False
    for number, found in enumerate(_BYTE_RANGE.finditer(content)):
        if number >= MOST_SIGNATURES:
            break
        until, start, length = (int(digits) for digits in found.groups())
        found_signature = _signature(content, until, start, length, ours)
        if found_signature.is_valid:
            return found_signature
        claimed, is_foreign = claimed or found_signature.claimed, is_foreign or found_signature.is_foreign
    return PdfSignature(claimed=claimed, is_foreign=is_foreign and not claimed)


def _signature(content: bytes, until: int, start: int, length: int, ours: x509.Certificate) -> PdfSignature:
    """What one byte range is worth: `until` bytes, the hole with the signature, then `length` bytes from `start`."""
    hole = content[until:start]
    if not (len(hole) <= LONGEST_SIGNATURE * 2 + 2 and _HEX.fullmatch(hole)):
        return PdfSignature()
    try:
        signed_data = cms.ContentInfo.load(_without_padding(hole))["content"]
        if not isinstance(signed_data, cms.SignedData):
            return PdfSignature()
        claimed = extract_certificate_info(signed_data).signer_cert.dump() == ours.dump()
    except DAMAGE:
        return PdfSignature()
    if not claimed:
        return PdfSignature(is_foreign=True)
    if start + length != len(content):
        return PdfSignature(claimed=True)
    return PdfSignature(claimed=True, is_valid=_is_valid(signed_data, content[:until], content[start:], ours))


def _without_padding(hole: bytes) -> bytes:
    """The signature inside its angle brackets; the room that it did not need is filled with zeros."""
    digits = hole[1:-1]
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _is_valid(signed_data: cms.SignedData, before: bytes, after: bytes, ours: x509.Certificate) -> bool:
    try:
        signer = extract_signer_info(signed_data)
        algorithm = signer["digest_algorithm"]["algorithm"].native
        if algorithm not in DIGESTS:
            return False
        digest = hashlib.new(algorithm, before + after).digest()
        return all(validate_sig_integrity(signer, ours, "data", digest))
    except DAMAGE:
        return False
