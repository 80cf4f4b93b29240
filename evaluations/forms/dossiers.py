"""The forms that sign a dossier, examine it and filter the list."""

from collections.abc import Collection

from django import forms

from core.texts import LONGEST_REASON
from evaluations.enums import DossierState, Piece, SignatureRole

ACCEPT, RETURN = "accept", "return"


class SignatureForm(forms.Form):
    role = forms.ChoiceField(choices=SignatureRole.choices, widget=forms.HiddenInput)
    signatory = forms.CharField(label="Prénom et nom, en guise de signature", max_length=200)


class ExamineForm(forms.Form):
    """One reason for each piece to complete, empty for the pieces to accept."""

    def __init__(self, data=None, *, already: Collection[str] = ()):
        super().__init__(data)
        for piece in Piece:
            self.fields[piece.value] = forms.CharField(
                label=piece.label,
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
                help_text="Acceptée à la présentation précédente." if piece in already else "",
            )

    @property
    def reasons(self) -> dict[str, str]:
        return {piece: reason for piece, reason in self.cleaned_data.items() if reason}


class DossierFilterForm(forms.Form):
    state = forms.ChoiceField(
        label="Dossiers",
        required=False,
        choices=[(DossierState.SEALED, "à examiner"), *DossierState.choices[1:], ("all", "tous")],
    )
    q = forms.CharField(label="Nom ou structure", required=False, max_length=60)

    @property
    def state_asked(self) -> str:
        """The state to show; those to examine when nothing, or nonsense, is asked."""
        asked = self.cleaned_data.get("state") if self.is_valid() else ""
        return asked or DossierState.SEALED

    @property
    def words_asked(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
