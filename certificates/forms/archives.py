from uuid import UUID

from django import forms

from certificates.enums import ArchiveKind
from certificates.forms.register import year_choices
from certificates.services.archives import batches
from structures.rules.territories import REGIONS


def batch_choices() -> list[tuple[str, str]]:
    return [("", "Toutes les sessions"), *((str(batch_id), name) for batch_id, name in batches().items())]


class ArchiveForm(forms.Form):
    """What to gather, and from where: the certificates of one jury, or a region and a year."""

    kind = forms.ChoiceField(
        label="Que rassembler",
        choices=ArchiveKind.choices,
        initial=ArchiveKind.FILES,
        widget=forms.RadioSelect,
    )
    batch_id = forms.TypedChoiceField(
        label="Session de jury", required=False, coerce=UUID, empty_value=None, choices=batch_choices
    )
    region = forms.ChoiceField(
        label="Région du jury",
        required=False,
        choices=[("", "Toutes les régions"), *sorted(REGIONS.items(), key=lambda one: one[1])],
    )
    year = forms.TypedChoiceField(
        label="Année du registre", required=False, coerce=int, empty_value=None, choices=year_choices
    )
