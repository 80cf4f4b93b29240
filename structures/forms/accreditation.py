from django import forms

from core import clock
from core.forms.fields import DayField
from core.texts import LONGEST_REASON


class AccreditationForm(forms.Form):
    starts_on = DayField(label="Premier jour de l’agrément")
    ends_on = DayField(label="Dernier jour de l’agrément")

    def clean(self) -> dict:
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", "L’agrément doit finir après avoir commencé.")
        return self.cleaned_data


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il reste dans l’histoire de la structure, que son équipe peut lire.",
    )


class VisitForm(forms.Form):
    visited_on = DayField(label="Jour de la visite")

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day > clock.today():
            raise forms.ValidationError("Cette date est à venir : notez la visite quand elle a eu lieu.")
        return day
