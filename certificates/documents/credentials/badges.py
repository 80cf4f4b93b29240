"""The certificate as an Open Badge: Open Badges 3.0 over W3C Verifiable Credentials 2.0, signed as a JWT.

The final specification (1EdTech, « JSON Web Token Proof Format ») wants the members of the credential at the top
of the payload beside `iss`, `jti`, `sub` and `nbf`, and nothing in the header but `alg`, `typ` and the key.
"""

import uuid
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from certificates.documents.credentials.jwk import badge_key, jwk
from certificates.documents.credentials.signing import sign
from certificates.models import Certificate

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
PARIS = ZoneInfo("Europe/Paris")
EXAMPLE = "Exemple sans valeur. "


def badge_of(certificate: Certificate) -> str:
    """The signed badge of one certificate, the same text for the same row and key; raises `KeyUnavailable`."""
    credential = credential_of(certificate)
    return signed(credential, subject=credential["credentialSubject"]["id"])


def signed(credential: dict[str, Any], *, subject: str) -> str:
    """A credential as a JWT that names its key by the address where anybody reads it; raises `KeyUnavailable`."""
    key = badge_key()
    public = jwk(key.public_key())
    header = {"alg": public["alg"], "typ": "JWT", "kid": address("certificates:jwk", public["kid"])}
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": subject,
        "nbf": int(datetime.fromisoformat(credential["validFrom"]).timestamp()),
    }
    return sign(header, credential | claims, key)


def credential_of(certificate: Certificate) -> dict[str, Any]:
    """The content of the badge: the values of the verification page, in the vocabulary of Open Badges.

    The ids are not codes: neither the badge nor the list of revocations leads to another certificate.
    """
    title = EXAMPLE + certificate.title if certificate.is_demo else certificate.title
    delivered = datetime.combine(certificate.delivered_on, time(), PARIS).isoformat()
    return {
        "@context": CONTEXT,
        "id": certificate.pk.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": issuer(certificate.certifier_name),
        "validFrom": delivered,
        "awardedDate": delivered,
        "credentialSubject": {
            "id": uuid.uuid5(certificate.pk, "titulaire").urn,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "identityHash": certificate.full_name,
                    "hashed": False,
                }
            ],
            "licenseNumber": certificate.number,
            "achievement": _achievement(certificate, title),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": f"{status_address(certificate.year)}#{certificate.sequence}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(certificate.sequence),
            "statusListCredential": status_address(certificate.year),
        },
    }


def issuer(name: str) -> dict[str, Any]:
    """The certifier, known by the address of this site."""
    return {"id": f"{settings.SITE_URL}/", "type": ["Profile"], "name": name, "url": f"{settings.SITE_URL}/"}


def status_address(year: int) -> str:
    """Where the revocations of one year of the register are read."""
    return address("certificates:badge_status", year)


def address(name: str, *arguments: object) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)


def _achievement(certificate: Certificate, title: str) -> dict[str, Any]:
    kind = f"{certificate.title}, {certificate.framework_version}, {certificate.support_name}"
    achievement = {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}/ {kind}").urn,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "inLanguage": "fr",
        "name": title,
        "description": f"{title}. Support de production\u00a0: {certificate.support_name}.",
        "criteria": {"narrative": _narrative(certificate)},
        "specialization": certificate.support_name,
        "version": certificate.framework_version,
    }
    if certificate.certification_code:
        achievement["humanCode"] = (
            f"{certificate.certification_type} {certificate.certification_code}".strip()
        )
    return achievement


def _narrative(certificate: Certificate) -> str:
    domains = "\n".join(f"{number}. {domain}" for number, domain in enumerate(certificate.domains, 1))
    return (
        "Épreuve en situation de production et entretien, validés par un jury paritaire. "
        f"Domaines de compétences validés\u00a0:\n\n{domains}"
    )
