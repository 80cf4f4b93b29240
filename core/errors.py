class DomainError(Exception):
    """A rule of the house refuses an act.

    The message is a French sentence for the person who tried: what is refused, why, and what to do.
    Views show it; commands print it; nothing has been written when it is raised.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StaleState(DomainError):
    """Somebody else moved the row first: the act no longer applies to what it has become."""


class Postponed(Exception):
    """Background work that cannot be done yet, for want of something that is no part of it: a key, a service.

    Its words are the reason shown. The piece is tried again for as long as it takes.
    """
