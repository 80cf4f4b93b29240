"""Who may do what with accounts; each app has its own `permissions`."""


def can_steer(user) -> bool:
    """Only the certifier's administrators steer the certification."""
    return user.is_authenticated and user.is_certifier
