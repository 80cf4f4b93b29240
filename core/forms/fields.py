from django import forms


class DayField(forms.DateField):
    """A calendar day, with the picker of the browser."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "required": "Indiquez la date.",
        "invalid": "Cette date n’existe pas. Écrivez-la comme 14/03/2026.",
    }
