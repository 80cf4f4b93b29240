from django import forms

from juries.models import CertificationSettings
from juries.services.settings import RULES


class SettingsForm(forms.ModelForm):
    """A new version of the rules, starting from the one in force."""

    class Meta:
        model = CertificationSettings
        fields = [*RULES, "source"]
        widgets = {"release_mode": forms.RadioSelect}
        help_texts = {
            "source": "D’où viennent ces règles, et qui les a validées.",
            "outside_share": "Jurés qui n’appartiennent pas au certificateur.",
            "notice_days": "Une convocation plus tardive est permise, avec un avertissement.",
            "layout_version": "Gardez celle qui est proposée, sauf nouvelle maquette.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in (
            "certification_code",
            "partial_validity_months",
            "certification_type",
            "colleague_years",
        ):
            self.fields[name].required = False
