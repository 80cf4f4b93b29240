"""Who may do what with certificates and their layouts."""

from certificates.models import Certificate


def can_edit_layouts(user) -> bool:
    """The certifier only."""
    return user.is_certifier


def can_revoke(user, certificate: Certificate) -> bool:
    return user.is_certifier
