"""The certificate of a badge by its code, and the list of revoked badges."""

from certificates.documents.credentials.revocations import revocation_list
from certificates.models import Certificate, RegisterYear
from certificates.models.register import VALID_STATES
from core import clock


def certificate_of_code(code: str | None) -> Certificate | None:
    """The certificate that has a code, whatever its state."""
    return Certificate.objects.filter(code=code).first() if code else None


def revocations_of(year: int) -> str | None:
    """The signed list of one year; None for a year without register. Raises `KeyUnavailable`."""
    register = RegisterYear.objects.filter(year=year).first()
    if register is None:
        return None
    invalid = Certificate.objects.filter(year=year).exclude(state__in=VALID_STATES)
    ranks = invalid.values_list("sequence", flat=True)
    return revocation_list(year=year, ranks=ranks, last=register.last, at=clock.now())
