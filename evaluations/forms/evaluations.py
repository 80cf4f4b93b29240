from django import forms

from core.forms.fields import field_of
from core.texts import LONGEST_REASON
from evaluations.models import Evaluation


class VoidForm(forms.Form):
    """Why an evaluation no longer counts and, for somebody who evaluates, the level that replaces it."""

    reason = forms.CharField(
        label="Pourquoi annuler cette évaluation ?",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Le motif reste lisible dans l’historique.",
    )
    replacement = forms.TypedChoiceField(
        label="La remplacer par",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Même jour, même situation, à un autre niveau.",
    )

    def __init__(self, *args, evaluation: Evaluation, may_replace: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_replace:
            del self.fields["replacement"]
            return
        levels = type(evaluation.level).objects.filter(framework=evaluation.level.framework_id)
        field_of(self, "replacement", forms.TypedChoiceField).choices = [
            ("", "Rien : l’annuler seulement"),
            *((level.rank, str(level)) for level in levels if level.pk != evaluation.level_id),
        ]
