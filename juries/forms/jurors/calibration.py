from django import forms

from core.forms.fields import DayField


class PeriodForm(forms.Form):
    """The days between which juries are compared."""

    start = DayField(label="Du")
    end = DayField(label="Au")

    def clean(self) -> None:
        super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and start > end:
            self.add_error("end", "La fin vient avant le début : échangez les deux dates.")
