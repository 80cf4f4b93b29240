import re

from django import forms

from certificates.models.register import CODE_ALPHABET, CODE_LENGTH

LONGEST_TYPED = 2_000
"""The whole text of a QR code may be pasted: the address, with a proof after it."""

AS_TYPED = str.maketrans("OIL", "011")


def read_code(text: str) -> str:
    """A verification code as the register stores it, from what somebody typed, dictated or pasted.

    Spaces, dashes and capitals do not count, O is read as 0, I and L as 1; of a whole address only the
    last part of its path is read. What comes out may still not be a code.
    """
    address = re.split(r"[?#]", text.strip(), maxsplit=1)[0]
    last_part = address.rstrip("/").rpartition("/")[2]
    return re.sub(r"[\W_]", "", last_part.upper()).translate(AS_TYPED)


class FileForm(forms.Form):
    """The PDF of a certificate, from the folder of a computer or the memory of a phone."""

    file = forms.FileField(
        label="Fichier PDF du certificat",
        help_text="5\u00a0Mo au plus. Le site le lit et l’oublie aussitôt\u00a0: il ne garde rien.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": "Choisissez d’abord le fichier PDF du certificat.",
            "missing": "Choisissez d’abord le fichier PDF du certificat.",
            "empty": "Ce fichier est vide\u00a0: choisissez celui que la personne a reçu.",
        },
    )


class CodeForm(forms.Form):
    """One field, which accepts the usual misreadings of a code."""

    code = forms.CharField(
        label="Code du certificat",
        max_length=LONGEST_TYPED,
        help_text="16 lettres et chiffres, sous le carré noir et blanc du certificat.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "Écrivez le code qui figure sur le certificat."},
    )

    def __init__(self, *args, is_first: bool = True, **kwargs) -> None:
        """`is_first`: the field is what the page is for, and takes the focus; below a result it does not."""
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = is_first

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if re.match(r"\s*cqp\W*\d{4}", typed, re.IGNORECASE):
            raise forms.ValidationError(
                "C’est le numéro du registre. Le code est à côté, sous le carré noir et blanc\u00a0: "
                "quatre groupes de quatre lettres et chiffres."
            )
        code = read_code(typed)
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(
                f"Un code compte {CODE_LENGTH} lettres et chiffres\u00a0; vous en avez écrit {len(code)}."
            )
        if not set(code) <= set(CODE_ALPHABET):
            raise forms.ValidationError(
                "Un code n’a que des chiffres et des lettres sans accent, jamais de U."
            )
        return code
