from django import forms


class PeriodForm(forms.Form):
    """The days between which juries are compared."""

    start = forms.DateField(label="Du", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    end = forms.DateField(label="Au", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict:
        facts = super().clean()
        start, end = facts.get("start"), facts.get("end")
        if start and end and start > end:
            self.add_error("end", "La fin vient avant le début : échangez les deux dates.")
        return facts
