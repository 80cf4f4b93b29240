"""Who may do what with accounts; the rules of each room stand in its own `permissions`."""


def can_steer(user) -> bool:
    """Only the certifier's administrators steer the certification."""
    return user.is_authenticated and user.is_certifier
