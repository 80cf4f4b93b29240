class DomainError(Exception):
    """A rule of the trade refuses an act.

    The message is a French sentence for the person who tried: what is refused, why, and what to do.
    Views show it; commands print it; nothing has been written when it is raised.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StaleState(DomainError):
    """Somebody else changed the row first: the act does not apply to its present state."""


class Postponed(Exception):
    """Background work that cannot be done yet, because something outside of it is missing: a key, a service.

    Its text is the reason shown. The piece is tried again until it can be done.
    """
