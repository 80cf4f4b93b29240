from django import forms

from core.forms.fields import field_of
from core.texts import LONGEST_REASON
from juries.enums import IncidentKind
from juries.models import Candidate, Juror, JurySession


class IncidentForm(forms.Form):
    """One incident of the day: its kind, its time, whom it concerns, in a few words."""

    kind = forms.ChoiceField(label="Nature", choices=IncidentKind.choices, widget=forms.RadioSelect)
    happened_at = forms.TimeField(
        label="Heure", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    whom = forms.ChoiceField(label="Qui est concerné", required=False)
    note = forms.CharField(
        label="Ce qui s’est passé",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Des faits, repris tels quels au procès-verbal. Ni santé, ni vie privée.",
    )

    def __init__(
        self, data=None, *, session: JurySession, candidates: list[Candidate], seats, **kwargs
    ) -> None:
        super().__init__(data, **kwargs)
        self.candidates = {f"candidate-{row.pk}": row for row in candidates}
        self.jurors: dict[str, Juror] = {f"juror-{seat.juror_id}": seat.juror for seat in seats}
        field_of(self, "whom", forms.ChoiceField).choices = [
            ("", "Toute la session"),
            ("Candidats", [(key, str(row.enrollment.trainee)) for key, row in self.candidates.items()]),
            ("Jurés", [(key, str(juror)) for key, juror in self.jurors.items()]),
        ]

    def given(self) -> dict:
        """What the service takes."""
        whom = self.cleaned_data.pop("whom")
        return self.cleaned_data | {
            "candidate": self.candidates.get(whom),
            "juror": self.jurors.get(whom),
        }
