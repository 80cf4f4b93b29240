"""The badges of the register: the one of a code, and the list of those that no longer hold."""

from certificates.documents.credentials.revocations import revocation_list
from certificates.models import Certificate, RegisterYear
from certificates.models.register import STANDING
from core import clock


def certificate_of_code(code: str | None) -> Certificate | None:
    """The certificate that a code leads to, whatever its state."""
    return Certificate.objects.filter(code=code).first() if code else None


def revocations_of(year: int) -> str | None:
    """The signed list of one year; None for a year without register. Raises `KeyUnavailable`."""
    register = RegisterYear.objects.filter(year=year).first()
    if register is None:
        return None
    fallen = Certificate.objects.filter(year=year).exclude(state__in=STANDING)
    ranks = fallen.values_list("sequence", flat=True)
    return revocation_list(year=year, ranks=ranks, last=register.last, at=clock.now())
