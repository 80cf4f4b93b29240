"""Who may do what with certificates and their layouts."""

from certificates.models import Certificate


def can_steer_layouts(user) -> bool:
    """What certificates look like is the certifier's."""
    return user.is_certifier


def can_revoke(user, certificate: Certificate) -> bool:
    return user.is_certifier
