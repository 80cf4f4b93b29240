from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User


class InvitationForm(forms.Form):
    """The names of the person invited, as they write them, and the password they choose."""

    first_name = forms.CharField(
        label="Prénom", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        max_length=200,
        help_text="Au moins dix caractères. Trois mots sans rapport entre eux font un bon mot de passe.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Le même mot de passe, encore une fois",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        initial = {"first_name": user.first_name, "last_name": user.last_name}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.user = user

    def clean(self) -> dict:
        cleaned = self.cleaned_data
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", "Les deux mots de passe ne sont pas les mêmes. Retapez-les.")
        elif password:
            person = User(
                email=self.user.email,
                first_name=cleaned.get("first_name", ""),
                last_name=cleaned.get("last_name", ""),
            )
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
