from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from core import clock

F = TypeVar("F", bound=forms.Field)


class DayField(forms.DateField):
    """A calendar day of the years in which the site counts, with the picker of the browser."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "required": "Indiquez la date.",
        "invalid": "Cette date n’existe pas. Écrivez-la comme 14/03/2026.",
        "far": "Cette date est trop loin d’aujourd’hui : vérifiez l’année.",
    }

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and day.year not in clock.YEARS:
            raise ValidationError(self.error_messages["far"], code="far")
        return day


def field_of(form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """A field of a form, known to be of a kind; TypeError when it is of another."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is no {kind.__name__}")
    return field
