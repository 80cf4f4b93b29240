import re

from django import forms

from juries.models.certificate import CODE_ALPHABET, CODE_LENGTH

AS_TYPED = str.maketrans("OIL", "011")


def read_code(text: str) -> str:
    """A verification code as the register keeps it, from what somebody typed, read aloud or pasted.

    Spaces, dashes and capitals do not count, O is read as 0, I and L as 1; of a whole address only its
    last part is read. What comes out may still not be a code.
    """
    last_part = text.strip().rstrip("/").rpartition("/")[2]
    return re.sub(r"[\W_]", "", last_part.upper()).translate(AS_TYPED)


class CodeForm(forms.Form):
    """One field, which forgives what hands and eyes mix up."""

    code = forms.CharField(
        label="Code du certificat",
        max_length=200,
        help_text="16 lettres et chiffres, sous le carré noir et blanc du certificat.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"required": "Écrivez le code qui figure sur le certificat."},
    )

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if re.match(r"\s*cqp\W*\d{4}", typed, re.IGNORECASE):
            raise forms.ValidationError(
                "C’est le numéro du registre. Le code est à côté, sous le carré noir et blanc : "
                "quatre groupes de quatre lettres et chiffres."
            )
        code = read_code(typed)
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(
                f"Un code compte {CODE_LENGTH} lettres et chiffres ; vous en avez écrit {len(code)}."
            )
        if not set(code) <= set(CODE_ALPHABET):
            raise forms.ValidationError(
                "Un code n’a que des chiffres et des lettres sans accent, jamais de U."
            )
        return code
