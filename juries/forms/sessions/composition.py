from collections.abc import Iterable

from django import forms

from core.forms.fields import field_of
from evaluations.models import Dossier
from juries.models import Juror
from juries.services.sessions.composer import JurorOption


class SeatForm(forms.Form):
    """A juror who may sit in this session."""

    juror = forms.ModelChoiceField(
        label="Juré", queryset=Juror.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    is_president = forms.BooleanField(label="Préside le jury", required=False)

    def __init__(self, data=None, *, options: Iterable[JurorOption], may_preside: bool, **kwargs) -> None:
        super().__init__(data, **kwargs)
        pks = [option.juror.pk for option in options]
        field = field_of(self, "juror", forms.ModelChoiceField)
        field.queryset = Juror.objects.filter(pk__in=pks)
        field.choices = [(option.juror.pk, _words(option)) for option in options]
        if not may_preside:
            del self.fields["is_president"]


def _words(option: JurorOption) -> str:
    juror = option.juror
    reasons = ", ".join(words for words, _ in option.reasons if words)
    return f"{juror}, collège {juror.get_college_display()}, {juror.organisation} ({reasons})"


class TimesForm(forms.Form):
    """The two times of a candidate."""

    production_at = forms.TimeField(
        label="Épreuve en situation de production à",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    interview_at = forms.TimeField(
        label="Entretien individuel à", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class CandidateForm(TimesForm):
    """A dossier that waits for a jury, and its two times."""

    dossier = forms.ModelChoiceField(
        label="Candidat", queryset=Dossier.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    field_order = ["dossier", "production_at", "interview_at"]

    def __init__(self, data=None, *, dossiers: Iterable[Dossier], **kwargs) -> None:
        super().__init__(data, **kwargs)
        field = field_of(self, "dossier", forms.ModelChoiceField)
        field.queryset = Dossier.objects.filter(pk__in=[row.pk for row in dossiers])
        field.choices = [(row.pk, _describe(row)) for row in dossiers]


def _describe(dossier: Dossier) -> str:
    enrollment = dossier.enrollment
    return f"{enrollment.trainee}, {enrollment.support}, {enrollment.structure}"
