from collections.abc import Iterable

from django import forms

from core import clock
from core.forms.fields import DayField, field_of
from core.texts import LONGEST_REASON
from juries.forms.results.deliberation import DecisionForm
from juries.models import Juror
from juries.services.results.appeals import ACCEPTED

FIELD = {"rows": 5}


class AppealForm(forms.Form):
    """What is contested, in the candidate’s own words."""

    grounds = forms.CharField(
        label="Ce qui ne va pas",
        max_length=4000,
        widget=forms.Textarea(attrs=FIELD),
        help_text="Écrivez comme vous parlez. Par exemple : ce que le jury n’a pas vu, ce qui s’est mal passé.",
    )


class PaperAppealForm(AppealForm):
    """The same, for a letter that came to the certifier."""

    filed_on = DayField(
        label="Lettre reçue le",
        help_text="Le délai se compte jusqu’à ce jour.",
    )
    field_order = ("filed_on", "grounds")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"].label = "Ce que dit la lettre"
        self.fields["grounds"].help_text = "Recopiez-la, ou résumez ce qui est contesté."
        self.fields["filed_on"].initial = clock.today


class ReviewerField(forms.ModelChoiceField):
    def label_from_instance(self, juror: Juror) -> str:
        return f"{juror} ({juror.organisation}, collège des {juror.get_college_display()})"


class ReviewerForm(forms.Form):
    """Who reads the appeal again: the jurors who may."""

    reviewer = ReviewerField(
        label="Confier la relecture à",
        queryset=Juror.objects.none(),
        empty_label="Choisir une personne",
        help_text="Sont proposés les jurés du vivier qui n’ont pas siégé dans ce jury et n’ont aucun lien connu.",
    )

    def __init__(self, data=None, *, jurors: Iterable[Juror], **kwargs) -> None:
        super().__init__(data, **kwargs)
        ids = [juror.pk for juror in jurors]
        field_of(self, "reviewer", ReviewerField).queryset = Juror.objects.filter(pk__in=ids).select_related(
            "user"
        )


class OpinionForm(forms.Form):
    """The opinion of the reviewer."""

    favourable = forms.TypedChoiceField(
        label="Votre avis",
        choices=[("yes", "La décision est à revoir"), ("no", "La décision est juste")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si la décision est à revoir."},
    )
    opinion = forms.CharField(
        label="Pourquoi",
        max_length=4000,
        widget=forms.Textarea(attrs=FIELD),
        help_text="Le certificateur répond à partir de votre avis. Le candidat ne lit pas ce texte.",
    )


class UpholdForm(DecisionForm):
    """The decision that replaces the one contested."""

    closed_reason = forms.CharField(
        label="Pourquoi le recours est accepté",
        max_length=LONGEST_REASON - len(ACCEPTED),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Cette phrase clôt l’ancienne décision et reste au dossier.",
    )
