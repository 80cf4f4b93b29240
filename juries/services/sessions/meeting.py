"""When and where a jury may meet."""

from datetime import date

from core import clock
from core.errors import DomainError
from core.formats import longdate
from structures.rules.territories import region_of


def region_of_meeting(held_on: date, postcode: str) -> str:
    """The region of a meeting to come. Refused for a day gone by, and for the postcode of no French region."""
    if held_on < clock.today():
        raise DomainError(f"Le {longdate(held_on)} est passé : choisissez un jour à venir.")
    region = region_of(postcode.strip())
    if not region:
        raise DomainError(
            "Ce code postal n’est celui d’aucune région française : vérifiez ses cinq chiffres."
        )
    return region
