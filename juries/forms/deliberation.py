from collections.abc import Iterable

from django import forms

from evaluations.models import Domain
from juries.enums import Outcome
from juries.models import Decision


class NumberedDomains(forms.ModelMultipleChoiceField):
    def label_from_instance(self, domain: Domain) -> str:
        return f"{domain.number}. {domain.name}"


class DecisionForm(forms.Form):
    """The collective decision on one candidate."""

    outcome = forms.ChoiceField(
        label="Décision",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la décision du jury."},
    )
    production_validated = forms.BooleanField(
        label="Épreuve en situation de production validée", required=False
    )
    interview_validated = forms.BooleanField(label="Entretien individuel validé", required=False)
    acquired = NumberedDomains(
        label="Domaines acquis",
        queryset=Domain.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    motive = forms.CharField(
        label="Motif",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé si le candidat n’est pas certifié. Il le lira.",
    )
    recommendation = forms.CharField(
        label="Recommandation",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que le jury conseille pour la suite.",
    )
    casting_vote = forms.BooleanField(
        label="Voix prépondérante de la présidence",
        required=False,
        help_text="Cochez si elle a départagé le jury.",
    )

    def __init__(self, data=None, *, domains: Iterable[Domain], **kwargs) -> None:
        super().__init__(data, **kwargs)
        ids = [domain.pk for domain in domains]
        self.fields["acquired"].queryset = Domain.objects.filter(pk__in=ids).order_by("number")

    @staticmethod
    def initial_of(decision: Decision | None) -> dict:
        if decision is None:
            return {}
        names = (
            "outcome",
            "production_validated",
            "interview_validated",
            "motive",
            "recommendation",
            "casting_vote",
        )
        acquired = [row.domain_id for row in decision.domains.all() if row.acquired]
        return {name: getattr(decision, name) for name in names} | {"acquired": acquired}

    def verdict(self) -> dict:
        """What the service takes."""
        return self.cleaned_data | {"acquired": {domain.pk for domain in self.cleaned_data["acquired"]}}


class ReversalForm(DecisionForm):
    reason = forms.CharField(
        label="Pourquoi la décision change",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Recours accepté, erreur constatée : cette phrase reste au dossier.",
    )
