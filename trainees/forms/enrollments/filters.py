"""Filters above lists: what the address asks for, and nothing when it asks for nonsense."""

from django import forms

from core.forms.fields import field_of
from structures.models import ProductionSupport, Structure
from trainees.enums import EnrollmentState, EnrollmentStep
from trainees.forms.fields import LaidOutForm

OPEN, ANY_STATE = "open", "all"
ENDING, HOURS = "ending", "hours"


class CrewFilterForm(LaidOutForm):
    q = forms.CharField(label="Nom ou prénom", required=False, max_length=100)
    state = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "En cours"), *EnrollmentState.choices, (ANY_STATE, "Tous les parcours")],
    )
    step = forms.ChoiceField(label="Étape", required=False, choices=[("", "Toutes"), *EnrollmentStep.choices])
    watch = forms.ChoiceField(
        label="À surveiller",
        required=False,
        choices=[
            ("", "Tout le monde"),
            (ENDING, "Contrat qui finit dans les 60 jours, sans jury"),
            (HOURS, "200 heures faites, pas encore de dossier"),
        ],
    )
    support = forms.ModelChoiceField(
        label="Support", required=False, queryset=ProductionSupport.objects.all(), empty_label="Tous"
    )
    structure = forms.ModelChoiceField(
        label="Structure", required=False, queryset=Structure.objects.none(), empty_label="Toutes"
    )

    def __init__(self, *args, structures, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if structures.count() > 1:
            field_of(self, "structure", forms.ModelChoiceField).queryset = structures
        else:
            del self.fields["structure"]

    @property
    def chosen(self) -> dict:
        """The filters that make sense."""
        self.is_valid()
        return self.cleaned_data
