"""The few words that say why something already signed or counted is undone."""

from core.errors import DomainError

LONGEST_MOTIVE = 300


def motive(reason: str, *, missing: str) -> str:
    """The reason without the spaces around it. Refused with `missing` when empty, and when it cannot be kept."""
    reason = reason.strip()
    if not reason:
        raise DomainError(missing)
    if len(reason) > LONGEST_MOTIVE:
        raise DomainError(f"Le motif dépasse {LONGEST_MOTIVE} caractères. Dites-le plus court.")
    if "\x00" in reason:
        raise DomainError("Le motif contient un caractère illisible. Écrivez-le de nouveau.")
    return reason
