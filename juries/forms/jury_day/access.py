from django import forms


class CodeRequestForm(forms.Form):
    """Where a juror asks for their code of the day."""

    email = forms.EmailField(
        label="Votre adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Celle à laquelle vous avez reçu votre convocation.",
    )


class CodeForm(CodeRequestForm):
    """The code received, with the address it was sent to."""

    code = forms.CharField(
        label="Code reçu par e-mail",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        help_text="Huit lettres et chiffres ; majuscules, espaces et tirets ne comptent pas.",
    )
