from django import forms

from core.forms.fields import field_of
from evaluations.enums import Family
from evaluations.models import Activity, Competency, Domain, Framework
from evaluations.services.frameworks import CompetencyText
from structures.models import ProductionSupport


class VersionForm(forms.Form):
    """The name of a new version, and what it starts from."""

    version = forms.CharField(
        label="Nom de la version", max_length=20, help_text="Par exemple « 2026-1 ». Il ne changera plus."
    )
    model = forms.ModelChoiceField(
        label="Partir de",
        queryset=Framework.objects.all(),
        required=False,
        empty_label="L’exemple livré avec le site",
        help_text="Tout est copié, puis se modifie compétence par compétence jusqu’à la publication.",
    )


class DraftForm(forms.ModelForm):
    """The fields of a draft; the service writes them."""

    class Meta:
        model = Framework
        fields = [
            "title", "certificate_title", "notice", "source", "threshold", "experience_sheets_required",
            "immersion_required",
        ]  # fmt: skip
        widgets = {"source": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "notice": "Affiché partout où ce référentiel se lit.",
            "certificate_title": "Tel qu’il sera écrit sur le certificat.",
            "experience_sheets_required": "Nombre de fiches validées demandé avant le jury.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        levels = self.instance.levels.all()
        self.fields["threshold"] = forms.TypedChoiceField(
            label="Niveau à atteindre",
            coerce=int,
            choices=[(level.rank, str(level)) for level in levels],
            help_text="Une compétence est acquise à partir de ce niveau.",
        )


class ActivitiesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Activity) -> str:
        return f"{obj.support} – {obj.name}"


class CompetencyForm(forms.Form):
    code = forms.CharField(label="Code", max_length=12)
    label = forms.CharField(label="Compétence", max_length=200)
    plain = forms.CharField(
        label="En mots simples", max_length=120, required=False, help_text="Tel que le salarié le dirait."
    )
    indicators = forms.CharField(
        label="Signes observables",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Un par ligne : ce que l’on voit faire.",
    )
    support = forms.ModelChoiceField(
        label="Support de production",
        queryset=ProductionSupport.objects.all(),
        required=False,
        empty_label="Commune à tous les supports",
    )
    activities = ActivitiesField(
        label="Proposée à la saisie de ces activités",
        queryset=Activity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, domain: Domain, competency: Competency | None = None, **kwargs):
        if competency:
            kwargs["initial"] = {
                "code": competency.code,
                "label": competency.label,
                "plain": competency.plain,
                "indicators": "\n".join(competency.indicators),
                "support": competency.support_id,
                "activities": list(competency.activities.values_list("pk", flat=True)),
            }
        super().__init__(*args, **kwargs)
        activities = Activity.objects.filter(framework=domain.framework_id).select_related("support")
        if competency and competency.support_id:
            activities = activities.filter(support=competency.support_id)
        field_of(self, "activities", ActivitiesField).queryset = activities.order_by("support__name", "name")
        if domain.module.family != Family.PROFESSIONAL:
            del self.fields["support"]

    def text(self) -> CompetencyText:
        data = self.cleaned_data
        return CompetencyText(
            code=data["code"],
            label=data["label"],
            plain=data["plain"],
            indicators=data["indicators"].splitlines(),
            support=data.get("support"),
            activities=list(data["activities"]),
        )
