from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms

from core.formats import shortdate
from core.forms.fields import field_of
from core.texts import LONGEST_EXPLANATION
from evaluations.enums import TestKind
from evaluations.models import Domain
from juries.enums import Outcome
from juries.models import Decision
from juries.queries.results.acquired_domains import AcquiredDomain
from juries.queries.results.opinions import Opinions


class LockedBoxes(forms.CheckboxSelectMultiple):
    """Checkboxes; those of `locked` are ticked and cannot be changed."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, locked: Collection[int] = ()) -> None:
        super().__init__(attrs)
        self.locked = locked

    def create_option(self, name, value, *args, **kwargs) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if getattr(value, "value", value) in self.locked:
            option["selected"] = True
            option["attrs"] |= {"checked": True, "disabled": True}
        return option


class NumberedDomains(forms.ModelMultipleChoiceField):
    acquired_before: Mapping[int, AcquiredDomain] = {}

    def label_from_instance(self, domain: Domain) -> str:
        label, before = f"{domain.number}. {domain.name}", self.acquired_before.get(domain.pk)
        return f"{label} (déjà acquis le {shortdate(before.since)})" if before else label


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
        help_text="Pour une certification partielle : au moins un de plus, et pas tous. "
        "Certifié : ils le sont tous, ne cochez rien.",
    )
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=LONGEST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Demandé si le candidat n’est pas certifié, ou si le jury s’écarte de l’avis des jurés. Il le lira.",
    )
    recommendation = forms.CharField(
        label="Recommandation",
        required=False,
        max_length=LONGEST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que le jury conseille pour la suite.",
    )
    casting_vote = forms.BooleanField(
        label="Voix prépondérante de la présidence",
        required=False,
        help_text="Cochez si elle a départagé le jury.",
    )

    def __init__(
        self,
        data=None,
        *,
        domains: Iterable[Domain],
        acquired_before: Mapping[int, AcquiredDomain] | None = None,
        **kwargs,
    ) -> None:
        """The domains of `acquired_before` are ticked and locked."""
        super().__init__(data, **kwargs)
        self.every_domain = {domain.pk for domain in domains}
        self.acquired_before = acquired_before or {}
        field = field_of(self, "acquired", NumberedDomains)
        field.acquired_before = self.acquired_before
        field.widget = LockedBoxes(locked=self.acquired_before.keys())
        field.queryset = Domain.objects.filter(pk__in=self.every_domain).order_by("number")

    @staticmethod
    def initial_of(decision: Decision | None, said: Opinions | None = None) -> dict:
        """The decision before; without one, what the majority of the jurors said of the tests."""
        if decision is None:
            return {
                "outcome": Outcome.CERTIFIED if said and said.certifies else None,
                "production_validated": bool(said and said.majority(TestKind.PRODUCTION)),
                "interview_validated": bool(said and said.majority(TestKind.INTERVIEW)),
            }
        names = (
            "outcome",
            "production_validated",
            "interview_validated",
            "reason",
            "recommendation",
            "casting_vote",
        )
        acquired = [row.domain_id for row in decision.domains.all() if row.acquired]
        return {name: getattr(decision, name) for name in names} | {"acquired": acquired}

    def draft(self) -> dict:
        """What the service takes: what was ticked, and what no browser sends back because it is locked.

        Who is certified has acquired every domain: the form does not ask for them one by one.
        """
        if self.cleaned_data["outcome"] == Outcome.CERTIFIED:
            return self.cleaned_data | {"acquired": self.every_domain}
        ticked = {domain.pk for domain in self.cleaned_data["acquired"]}
        return self.cleaned_data | {"acquired": ticked | self.acquired_before.keys()}
