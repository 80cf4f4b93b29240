"""The certifier's two keys: one signs the files of the certificates, the other the proofs in their QR codes.

Both are files outside the database, named by the settings and read once in a process: a change asks for
a restart. Where the settings allow demonstration keys, missing ones are made on first use.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from core.errors import Postponed

DEMONSTRATION_NAME = "{certifier} (démonstration)"
DEMONSTRATION_SECRET = "demonstration"  # noqa: S105 - what it protects is worth nothing
DEMONSTRATION_BOUNDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
RSA_BITS = 3072


class KeyUnavailable(Postponed):
    """A key of the certifier is missing or cannot be read; the work that needs it waits for it."""


@dataclass(frozen=True)
class CertificateKey:
    """What signs the files: the private key, its certificate and the chain of it."""

    private_key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def certificate_key() -> CertificateKey:
    """The key that signs the files of the certificates; raises `KeyUnavailable`."""
    if settings.CERTIFICATE_KEY:
        return _read_certificate_key(Path(settings.CERTIFICATE_KEY), settings.CERTIFICATE_KEY_SECRET)
    path = _demonstration_key_path("certificate.p12", "CERTIFICATE_KEY")
    _write_once(path, _new_demonstration_certificate)
    return _read_certificate_key(path, DEMONSTRATION_SECRET)


def proof_key() -> ec.EllipticCurvePrivateKey:
    """The P-256 key that signs proofs (ES256); raises `KeyUnavailable`."""
    if settings.PROOF_KEY:
        return _read_proof_key(Path(settings.PROOF_KEY))
    path = _demonstration_key_path("proof.pem", "PROOF_KEY")
    _write_once(path, new_proof_key)
    return _read_proof_key(path)


def retired_proof_keys() -> list[ec.EllipticCurvePublicKey | rsa.RSAPublicKey]:
    """The public keys that signed proofs before the present ones; raises `KeyUnavailable`."""
    return [_read_retired_key(Path(path)) for path in settings.RETIRED_PROOF_KEYS]


def is_demonstration_key() -> bool:
    """The files are signed with a key that proves nothing (« clé de démonstration »)."""
    return settings.DEMONSTRATION_KEYS and not settings.CERTIFICATE_KEY


def proof_key_is_demonstration() -> bool:
    """The proofs are signed with a key that proves nothing (« clé de démonstration »)."""
    return settings.DEMONSTRATION_KEYS and not settings.PROOF_KEY


# --- Reading


@lru_cache(maxsize=4)
def _read_certificate_key(path: Path, secret: str) -> CertificateKey:
    content = _content(path, "CERTIFICATE_KEY")
    try:
        private_key, certificate, chain = pkcs12.load_key_and_certificates(content, secret.encode() or None)
    except ValueError as error:
        raise KeyUnavailable(
            f"La clé de signature {path} ne s’ouvre pas : vérifiez CERTIFICATE_KEY_SECRET et que le fichier "
            "est un PKCS#12."
        ) from error
    if not isinstance(private_key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or certificate is None:
        raise KeyUnavailable(
            f"{path} ne contient pas une clé RSA ou EC avec son certificat : exportez les deux en PKCS#12."
        )
    return CertificateKey(private_key, certificate, tuple(chain))


@lru_cache(maxsize=4)
def _read_proof_key(path: Path) -> ec.EllipticCurvePrivateKey:
    content = _content(path, "PROOF_KEY")
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnavailable(f"{path} n’est pas une clé privée PEM sans mot de passe.") from error
    if not (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)):
        raise KeyUnavailable(f"{path} n’est pas une clé sur la courbe P-256, que demande ES256.")
    return key


@lru_cache(maxsize=16)
def _read_retired_key(path: Path) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
    content = _content(path, "RETIRED_PROOF_KEYS")
    try:
        key = serialization.load_pem_public_key(content)
    except ValueError as error:
        raise KeyUnavailable(f"{path} n’est pas une clé publique PEM.") from error
    if isinstance(key, rsa.RSAPublicKey) or (
        isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1)
    ):
        return key
    raise KeyUnavailable(f"{path} n’est ni une clé publique RSA, ni une clé publique sur la courbe P-256.")


def _content(path: Path, setting: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyUnavailable(
            f"La clé {path} ne se lit pas ({error.strerror}) : vérifiez {setting}."
        ) from error


# --- Making


def new_certificate_key(*, name: str, secret: str, bounds: tuple[datetime, datetime]) -> bytes:
    """A PKCS#12 with a new RSA key and its self-signed certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.CERTIFIER_NAME[:64]),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
        ]
    )
    signs = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only"), False
    ) | {
        "decipher_only": False,
        "digital_signature": True,
        "content_commitment": True,
        "key_cert_sign": False,
    }
    certificate = (
        x509.CertificateBuilder(issuer_name=subject, subject_name=subject, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(bounds[0])
        .not_valid_after(bounds[1])
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**signs), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, None, serialization.BestAvailableEncryption(secret.encode())
    )


def new_proof_key() -> bytes:
    """A new P-256 key as PEM."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _new_demonstration_certificate() -> bytes:
    name = DEMONSTRATION_NAME.format(certifier=settings.CERTIFIER_NAME)[:64]
    return new_certificate_key(name=name, secret=DEMONSTRATION_SECRET, bounds=DEMONSTRATION_BOUNDS)


def _demonstration_key_path(name: str, setting: str) -> Path:
    if not settings.DEMONSTRATION_KEYS:
        raise KeyUnavailable(
            f"La clé de la certification manque : installez-la et donnez {setting} (docs/production.md)."
        )
    return Path(settings.VAR_DIR, "keys", name)


def _write_once(path: Path, make: Callable[[], bytes]) -> None:
    """Give `path` its content unless another process was faster: whole, and for its owner alone."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(make())
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
