from collections.abc import Iterable

from django import forms

from core.texts import LONGEST_EXPLANATION
from evaluations.models import GridCriterion, JudgementLevel
from juries.models import Appraisal

OPINIONS = [("yes", "Oui, je valide cette épreuve"), ("no", "Non, je ne la valide pas")]


class AppraisalForm(forms.Form):
    """The grid of one test: a level for each criterion, an opinion, a comment. A draft may be incomplete."""

    def __init__(
        self,
        data=None,
        *,
        criteria: Iterable[GridCriterion],
        levels: Iterable[JudgementLevel],
        **kwargs,
    ) -> None:
        super().__init__(data, **kwargs)
        self.criteria = {f"mark-{row.pk}": row for row in criteria}
        choices = [(level.rank, level.name) for level in levels]
        for name, criterion in self.criteria.items():
            self.fields[name] = forms.TypedChoiceField(
                label=criterion.label,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choisissez un des niveaux proposés."},
            )
        self.fields["validated"] = forms.ChoiceField(
            label="Validez-vous cette épreuve ?", choices=OPINIONS, required=False, widget=forms.RadioSelect
        )
        self.fields["revision"] = forms.IntegerField(
            required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
        )
        self.fields["page"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
        self.fields["comment"] = forms.CharField(
            label="Remarques",
            required=False,
            max_length=LONGEST_EXPLANATION,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Ce que vous avez vu et entendu. Ni santé, ni vie privée.",
        )

    @staticmethod
    def initial_of(appraisal: Appraisal | None) -> dict:
        """The values of the draft."""
        if appraisal is None:
            return {"revision": 0}
        opinion = {True: "yes", False: "no", None: None}[appraisal.validated]
        marks = {f"mark-{mark.criterion_id}": mark.rank for mark in appraisal.marks.all()}
        return marks | {
            "validated": opinion,
            "comment": appraisal.comment,
            "revision": appraisal.revision,
        }

    @property
    def grid(self) -> list[tuple[GridCriterion, forms.BoundField]]:
        return [(criterion, self[name]) for name, criterion in self.criteria.items()]

    def given(self) -> dict:
        """What the service takes."""
        marks = {
            criterion.pk: self.cleaned_data[name]
            for name, criterion in self.criteria.items()
            if self.cleaned_data[name] is not None
        }
        opinion = {"yes": True, "no": False}.get(self.cleaned_data["validated"])
        return {
            "marks": marks,
            "validated": opinion,
            "comment": self.cleaned_data["comment"],
            "revision": self.cleaned_data["revision"],
            "page": self.cleaned_data["page"],
        }

    def rebase_on(self, saved: Appraisal) -> None:
        """Save what was typed over what another page saved."""
        self.data = {**self.data, "revision": str(saved.revision)}
