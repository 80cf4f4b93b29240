from django import forms

from core.forms.fields import field_of
from core.models.folded import matching
from structures.enums import StructureState
from structures.models.structure import StructureQuerySet
from structures.rules.territories import REGIONS


class StructureSearchForm(forms.Form):
    """Narrows the list of structures; every field may stay empty, and a value unknown narrows nothing."""

    q = forms.CharField(label="Nom, commune ou SIRET", required=False, max_length=100)
    region = forms.ChoiceField(label="Région", required=False)
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous les états"), *StructureState.choices]
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        by_name = sorted(REGIONS.items(), key=lambda region: region[1])
        field_of(self, "region", forms.ChoiceField).choices = [("", "Toutes les régions"), *by_name]

    @property
    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, structures: StructureQuerySet) -> StructureQuerySet:
        """The structures that match: each word in the name, the commune or the start of a number."""
        asked = dict(self.asked)
        return structures.filter(matching(asked.pop("q", ""), "folded"), **asked)
