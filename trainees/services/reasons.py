"""The reason that goes with a change of something already signed or counted."""

from core.errors import DomainError

LONGEST_REASON = 300


def required_reason(reason: str, *, missing: str) -> str:
    """The reason, stripped. Refused with `missing` when empty, over 300 characters, and with a null character."""
    reason = reason.strip()
    if not reason:
        raise DomainError(missing)
    if len(reason) > LONGEST_REASON:
        raise DomainError(f"Le motif dépasse {LONGEST_REASON} caractères. Dites-le plus court.")
    if "\x00" in reason:
        raise DomainError("Le motif contient un caractère illisible. Écrivez-le de nouveau.")
    return reason
