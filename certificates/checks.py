"""The check of the keys by `manage.py check --deploy`, before a certificate has to wait for them."""

from datetime import timedelta

from django.core import checks

from certificates.documents.credentials.keys import (
    KeyUnavailable,
    certificate_key,
    proof_key,
    retired_proof_keys,
)
from core import clock

LAST_DAYS = timedelta(days=60)


def check_keys(app_configs, **options) -> list[checks.Warning]:
    """Warns of a key that cannot be read, and of a signing certificate that expires within `LAST_DAYS`."""
    warnings = []
    for identity, read in (("W001", certificate_key), ("W002", proof_key), ("W003", retired_proof_keys)):
        try:
            read()
        except KeyUnavailable as reason:
            warnings.append(checks.Warning(str(reason), id=f"certificates.{identity}"))
    if not any(warning.id == "certificates.W001" for warning in warnings):
        warnings += _about_to_expire()
    return warnings


def _about_to_expire() -> list[checks.Warning]:
    end = certificate_key().certificate.not_valid_after_utc
    if end - clock.now() > LAST_DAYS:
        return []
    return [
        checks.Warning(
            f"Le certificat de la clé de signature expire le {end:%d/%m/%Y} : installez le suivant avant.",
            id="certificates.W004",
        )
    ]
