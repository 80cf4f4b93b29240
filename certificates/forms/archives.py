from uuid import UUID

from django import forms

from certificates.enums import ArchiveKind
from certificates.models import RegisterYear
from certificates.services.archives import batches
from structures.rules.territories import REGIONS


class ArchiveForm(forms.Form):
    """What to gather, and from where: the certificates of one jury, or a region and a year."""

    kind = forms.ChoiceField(
        label="Que rassembler",
        choices=ArchiveKind.choices,
        initial=ArchiveKind.FILES,
        widget=forms.RadioSelect,
    )
    batch_id = forms.TypedChoiceField(label="Session de jury", required=False, coerce=UUID, empty_value=None)
    region = forms.ChoiceField(label="Région du jury", required=False)
    year = forms.TypedChoiceField(label="Année du registre", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch_id"].choices = [("", "Toutes les sessions"), *batches().items()]
        self.fields["region"].choices = [
            ("", "Toutes les régions"),
            *sorted(REGIONS.items(), key=lambda one: one[1]),
        ]
        years = RegisterYear.objects.order_by("-year").values_list("year", flat=True)
        self.fields["year"].choices = [("", "Toutes les années"), *((str(year), str(year)) for year in years)]
