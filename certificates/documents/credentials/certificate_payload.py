"""The values of a certificate as JSON: attached to its file, and compared with a file to verify."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from certificates.models import Certificate

PAYLOAD_FORMAT = "cqp-certificat/1"
PAYLOAD_FILE = "certificat.json"


def certificate_payload(certificate: Certificate) -> dict[str, Any]:
    """The values of the row that never change: neither its state nor its file. Dates are ISO 8601.

    `verification` holds the address of the site and changes with it.
    """
    return {
        "format": PAYLOAD_FORMAT,
        "language": "fr",
        "number": certificate.number,
        "code": certificate.code,
        "verification": verification_address(certificate),
        "title": certificate.title,
        "certification": {"type": certificate.certification_type, "code": certificate.certification_code},
        "holder": {
            "first_names": certificate.first_names,
            "birth_name": certificate.birth_name,
            "usage_name": certificate.usage_name,
            "sex": certificate.sex,
            "birth_date": certificate.birth_date.isoformat(),
            "birth_place": certificate.birth_place,
            "birth_country": certificate.birth_country,
        },
        "production_support": certificate.support_name,
        "rome_codes": certificate.rome_codes,
        "domains": list(certificate.domains),
        "structure": certificate.structure_name,
        "jury": {"date": certificate.jury_date.isoformat(), "place": certificate.jury_place},
        "delivered_on": certificate.delivered_on.isoformat(),
        "certifier": certificate.certifier_name,
        "signatories": [
            {"name": signatory["name"], "quality": signatory["quality"]}
            for signatory in certificate.signatories
        ],
        "framework_version": certificate.framework_version,
        "layout_version": certificate.layout_version,
        "example": certificate.is_demo,
    }


def payload_json(certificate: Certificate) -> str:
    """The payload as it is attached: JSON, UTF-8, in the order above; the same row gives the same text."""
    return json.dumps(certificate_payload(certificate), ensure_ascii=False, indent=2) + "\n"


def verification_address(certificate: Certificate) -> str:
    """Where anybody checks this certificate."""
    return settings.SITE_URL + reverse("certificates:verify_code", args=[certificate.code])
