"""pyHanko, configured for one use: signing the field that `render_document` left, with a key that stays loaded."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from aiohttp import ClientError
from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.documents.credentials.keys import CertificateKey
from core.errors import Postponed
from core.pdf import SIGNATURE_FIELD

DIGEST = "sha256"
ATTRIBUTES, TIMESTAMP = 2048, 12288
"""Bytes that the signed attributes and the answer of a time-stamp authority may take."""


class TimestampUnavailable(Postponed):
    """The time-stamp authority does not answer; the signature waits for it."""


class LoadedKey(Signer):
    """Signs with a key object, where pyHanko's own signer reads the key again, and checks it, each time."""

    def __init__(self, key: CertificateKey) -> None:
        self.key = key
        chain = SimpleCertificateStore()
        chain.register_multiple(_certificate(one) for one in key.chain)
        super().__init__(signing_cert=_certificate(key.certificate), cert_registry=chain)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        private_key = self.key.private_key
        if isinstance(private_key, rsa.RSAPrivateKey):
            return private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return private_key.sign(data, ec.ECDSA(hashes.SHA256()))

    @property
    def reserved(self) -> int:
        """Hexadecimal digits reserved for the signature in the file, two a byte."""
        certificates = (self.key.certificate, *self.key.chain)
        total = ATTRIBUTES + sum(len(one.public_bytes(Encoding.DER)) for one in certificates)
        return 2 * (total + self.key.private_key.key_size // 8 + (TIMESTAMP if settings.TIMESTAMP_URL else 0))


class AddedSignature(IncrementalPdfFileWriter):
    """An addition to a file that leaves its metadata as they are: they are those of PDF/A and PDF/UA."""

    def _update_meta(self) -> None:
        pass


def sign(content: bytes, *, key: CertificateKey, name: str, reason: str) -> bytes:
    signer = _signer(key)
    metadata = PdfSignatureMetadata(
        field_name=SIGNATURE_FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    timestamper = HTTPTimeStamper(settings.TIMESTAMP_URL) if settings.TIMESTAMP_URL else None

    def add() -> io.BytesIO:
        return PdfSigner(metadata, signer, timestamper=timestamper).sign_pdf(
            AddedSignature(io.BytesIO(content)), existing_fields_only=True, bytes_reserved=signer.reserved
        )

    try:
        # pyHanko runs an event loop of its own, which a thread that has one already refuses.
        with ThreadPoolExecutor(max_workers=1) as executor:
            signed = executor.submit(add).result()
    except (TimestampRequestError, ClientError, TimeoutError) as error:
        raise TimestampUnavailable(
            f"L’autorité d’horodatage {settings.TIMESTAMP_URL} ne répond pas : {error}"
        ) from error
    return signed.getvalue()


@lru_cache(maxsize=4)
def _signer(key: CertificateKey) -> LoadedKey:
    return LoadedKey(key)


def _certificate(certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
