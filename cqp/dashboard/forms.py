from django import forms

from core import clock
from core.forms.fields import DayField
from cqp.dashboard.models import Objective


class DayForm(forms.Form):
    """The day at which the figures are read: written as `AAAA-MM-JJ`, never in the future."""

    date = DayField(
        label="Chiffres au",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "invalid": "Cette date ne se lit pas. Écrivez-la comme 2026-03-31 ; voici les chiffres de ce jour.",
            "far": "Cette date est trop loin d’aujourd’hui : voici les chiffres de ce jour.",
        },
    )

    def clean_date(self):
        day = self.cleaned_data["date"]
        if day and day > clock.today():
            raise forms.ValidationError("Cette date est à venir : voici les chiffres de ce jour.")
        return day


class ObjectiveForm(forms.ModelForm):
    class Meta:
        model = Objective
        fields = ["target", "starts_on", "ends_on", "source"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        widgets = {"starts_on": DayField.widget, "ends_on": DayField.widget}
        help_texts = {"source": "Qui a fixé cet objectif, et quand."}
