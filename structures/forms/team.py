from django import forms

from core.forms.fields import DayField
from structures.enums import Role


class MemberForm(forms.Form):
    """A person and the role they take in the structure."""

    first_name = forms.CharField(label="Prénom", max_length=80)
    last_name = forms.CharField(label="Nom", max_length=80)
    email = forms.EmailField(
        label="Adresse e-mail",
        help_text="Elle y reçoit le lien qui ouvre son compte, et s’en sert ensuite pour se connecter.",
    )
    role = forms.ChoiceField(label="Rôle", choices=Role.choices, widget=forms.RadioSelect)
    starts_on = DayField(
        label="Dans l’équipe depuis le",
        required=False,
        help_text="Vide : depuis aujourd’hui. Une date passée permet de noter les séances d’avant.",
    )
