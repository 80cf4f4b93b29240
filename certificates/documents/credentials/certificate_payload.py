"""What a certificate says, as data: attached to its file, compared with it, signed in its QR code."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from certificates.models import Certificate

FACTS_FORMAT = "cqp-certificat/1"
FACTS_FILE = "certificat.json"


def facts_of(certificate: Certificate) -> dict[str, Any]:
    """All that the row states and that never changes: no state, no file. Dates are ISO 8601.

    `verification` follows the address of the site and may move with it; the rest is for good.
    """
    return {
        "format": FACTS_FORMAT,
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


def facts_file(certificate: Certificate) -> str:
    """The facts as they are attached: JSON, UTF-8, in the order above; the same row gives the same text."""
    return json.dumps(facts_of(certificate), ensure_ascii=False, indent=2) + "\n"


def verification_address(certificate: Certificate) -> str:
    """Where anybody checks this certificate."""
    return settings.SITE_URL + reverse("certificates:verify_code", args=[certificate.code])
