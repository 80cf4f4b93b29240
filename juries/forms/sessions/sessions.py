from django import forms

from core.forms.fields import DayField, field_of
from juries.models import Candidate, Juror
from juries.services.sessions.overview import Overview


class PlanForm(forms.Form):
    """When and where a jury is held."""

    held_on = DayField(label="Jour")
    venue = forms.CharField(
        label="Lieu", max_length=160, help_text="Le nom de l’endroit : lycée, structure, salle."
    )
    address = forms.CharField(label="Adresse", max_length=200, required=False)
    postcode = forms.RegexField(
        label="Code postal",
        regex=r"^[0-9]{5}$",
        error_messages={"invalid": "Un code postal compte 5 chiffres."},
    )
    city = forms.CharField(label="Commune", max_length=80)
    directions = forms.CharField(
        label="Comment venir",
        max_length=300,
        required=False,
        help_text="Arrêt de bus, parking, porte où sonner, accès en fauteuil : la convocation le dit.",
    )


class NamedJurors(forms.ModelMultipleChoiceField):
    def label_from_instance(self, juror: Juror) -> str:
        return f"{juror}, collège {juror.get_college_display()}"


class PresenceForm(forms.Form):
    """The roll call: who sits today, and which candidate did not come."""

    jurors_present = NamedJurors(
        label="Jurés présents",
        queryset=Juror.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    candidates_absent = forms.ModelMultipleChoiceField(
        label="Candidats absents",
        queryset=Candidate.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Cochez seulement ceux qui ne sont pas venus.",
    )

    def __init__(self, data=None, *, session, **kwargs) -> None:
        super().__init__(data, **kwargs)
        jurors = Juror.objects.filter(seats__session=session, seats__withdrawn_at=None)
        field_of(self, "jurors_present", NamedJurors).queryset = jurors.select_related("user")
        candidates = session.candidates.select_related("enrollment__trainee", "enrollment__support")
        field_of(self, "candidates_absent", forms.ModelMultipleChoiceField).queryset = candidates

    @staticmethod
    def initial_of(overview: Overview) -> dict:
        """What was noted; at the first call everybody expected is ticked as there."""
        seats = [row.seat for row in overview.jurors]
        seats = [seat for seat in seats if seat.is_present] or seats
        return {
            "jurors_present": [seat.juror_id for seat in seats],
            "candidates_absent": [row.pk for row in overview.candidates if row.presence == "absent"],
        }
