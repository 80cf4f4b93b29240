"""Fields and layout that the forms of trainees share."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import Q

from accounts.models import User
from core.formats import hours
from structures.models import Membership, Structure

TOO_LONG_MINUTES = 1000 * 60


class TimeOfDayField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    default_error_messages = {
        "required": "Indiquez l’heure.",
        "invalid": "Cette heure n’existe pas. Écrivez-la comme 9:30.",
    }


class HoursField(forms.CharField):
    """A duration typed as people say it (« 130 », « 3 h 30 », « 26,5 », « 45 min ») and kept in minutes."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return hours(value) if isinstance(value, int) else value

    def clean(self, value) -> int | None:
        text = super().clean(value)
        return minutes_in(text) if text else None


def minutes_in(text: str) -> int:
    """The minutes of a duration in words; a ValidationError says how to write it."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).casefold()
    if match := re.fullmatch(r"(\d{1,4})(?:h|:)([0-5]\d)(?:min|m)?", bare):
        total = int(match[1]) * 60 + int(match[2])
    elif match := re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?(?:h|heures?)?", bare):
        total = round(float(f"{match[1]}.{match[2] or 0}") * 60)
    elif match := re.fullmatch(r"(\d{1,4})(?:min|minutes?)", bare):
        total = int(match[1])
    else:
        raise forms.ValidationError("Cette durée ne se lit pas. Écrivez-la comme 3 h, 3 h 30 ou 45 min.")
    if total > TOO_LONG_MINUTES:
        raise forms.ValidationError("Cette durée est trop longue. Vérifiez les chiffres.")
    return total


class PersonChoiceField(forms.ModelChoiceField):
    """Somebody of a team, by name."""

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def offer(self, structure: Structure, *roles: str, also: User | None = None) -> None:
        """Propose the people who work in the structure today, in one of `roles` if any is given, and `also`."""
        members = Membership.objects.current().filter(structure=structure)
        if roles:
            members = members.filter(role__in=roles)
        chosen = Q(pk__in=members.values("user"))
        self.queryset = User.objects.filter(chosen | Q(pk=also.pk) if also else chosen)


def side_by_side(*names: str) -> Div:
    """Short fields that belong together, on one line where the screen is wide enough."""
    return Div(*names, css_class="d-flex flex-wrap column-gap-4")


class LaidOutForm(forms.Form):
    """A form laid out by crispy inside a `<form>` that the page writes; `layout` may group its fields."""

    use_required_attribute = False

    def layout(self) -> list:
        return list(self.fields)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.layout())
        return helper

    def add_faults(self, faults: dict[str, str], names: dict[str, str] | None = None) -> None:
        """Show each fault under its field, those of no field at the top; `names` translates the keys."""
        for key, sentence in faults.items():
            name = (names or {}).get(key, key)
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, sentence)
