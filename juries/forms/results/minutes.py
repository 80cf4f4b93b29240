import json

from django import forms

from trainees.rules.sessions.strokes import MOST_BYTES, TOO_HEAVY, UNREADABLE


class SignatureForm(forms.Form):
    """A drawn signature as the page sends it: JSON strokes, or nothing to sign by one's account."""

    strokes = forms.CharField(
        required=False, max_length=MOST_BYTES, error_messages={"max_length": TOO_HEAVY}, strip=True
    )

    def clean_strokes(self) -> list:
        text = self.cleaned_data["strokes"]
        try:
            return json.loads(text) if text else []
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(UNREADABLE) from error
