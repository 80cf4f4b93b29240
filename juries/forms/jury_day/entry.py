from django import forms

from core.forms.fields import field_of
from juries.enums import IncidentKind
from juries.models import Candidate, Juror, JurySession


class CodeRequestForm(forms.Form):
    """Where a juror asks for their code of the day."""

    email = forms.EmailField(
        label="Votre adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Celle à laquelle vous avez reçu votre convocation.",
    )


class CodeForm(CodeRequestForm):
    """The code that came, with the address it was sent to."""

    code = forms.CharField(
        label="Code reçu par e-mail",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        help_text="Huit lettres et chiffres ; majuscules, espaces et tirets ne comptent pas.",
    )


class IncidentForm(forms.Form):
    """One fact of the day: what, when, about whom, in a few words."""

    kind = forms.ChoiceField(label="Nature", choices=IncidentKind.choices, widget=forms.RadioSelect)
    happened_at = forms.TimeField(
        label="Heure", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    whom = forms.ChoiceField(label="Qui est concerné", required=False)
    note = forms.CharField(
        label="Ce qui s’est passé",
        required=False,
        max_length=500,
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
