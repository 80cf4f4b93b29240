from django import forms

from certificates.services.layouts import published_versions
from juries.models import CertificationSettings
from juries.services.sessions.settings import RULES

GROUPS = (
    (
        "Qui siège",
        "Le composeur refuse un jury qui ne suit pas ces règles, et dit laquelle.",
        ("least_jurors", "quorum", "both_colleges", "outside_share", "colleague_years"),
    ),
    (
        "Prévenir",
        "Un juré salarié prévient son employeur quinze jours avant, convocation en main (article D3142-32).",
        ("notice_days", "reminder_days"),
    ),
    (
        "Le jour même",
        "Ces durées font l’emploi du temps proposé ; il se retouche ensuite, session par session.",
        ("production_minutes", "interview_minutes", "break_minutes", "parallel_panels"),
    ),
    (
        "Après le jury",
        "Ce que deviennent les résultats, et combien de temps ils valent.",
        ("release_mode", "appeal_days", "partial_validity_months", "mask_below"),
    ),
    (
        "Le certificat",
        "Ce qui s’imprime sur chaque certificat délivré sous cette version.",
        ("certification_type", "certification_code", "signatory_name", "signatory_quality", "layout_version"),
    ),
)
"""The rules by what they are about; those of no group come last."""


def grouped() -> list[tuple[str, str, tuple[str, ...]]]:
    """(title, explanation, names of rules), every rule once."""
    placed = {name for _, _, names in GROUPS for name in names}
    rest = tuple(name for name in RULES if name not in placed)
    return [*GROUPS, *([("Autres règles", "", rest)] if rest else [])]


class SettingsForm(forms.ModelForm):
    """A new version of the rules, starting from the one in force."""

    class Meta:
        model = CertificationSettings
        fields = [*RULES, "source"]
        widgets = {"release_mode": forms.RadioSelect}
        help_texts = {
            "source": "D’où viennent ces règles, et qui les a validées.",
            "outside_share": "Jurés qui n’appartiennent pas au certificateur.",
            "least_jurors": "Deux au moins (article D6412-6, par analogie).",
            "colleague_years": "Avoir travaillé dans la même structure, il y a plus longtemps, n’écarte plus. "
            "Avoir formé, évalué ou accompagné écarte toujours.",
            "notice_days": "Une convocation plus tardive est permise, avec un avertissement.",
            "reminder_days": "Un rappel part à qui n’a pas répondu.",
            "production_minutes": "Exemple : 90. À valider par le certificateur.",
            "interview_minutes": "Exemple : 30. À valider par le certificateur.",
            "break_minutes": "Exemple : 10. Le temps d’écrire et d’accueillir le suivant.",
            "parallel_panels": "Combien de candidats passent en même temps, chacun devant deux jurés.",
            "mask_below": "L’étalonnage tait un chiffre fait de trop peu d’appréciations. Exemple : 5.",
            "layout_version": "Parmi les maquettes publiées ; un brouillon se publie d’abord.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout_version"] = forms.ChoiceField(
            label=self.fields["layout_version"].label,
            choices=[(version, version) for version in published_versions()],
            help_text=self.fields["layout_version"].help_text,
        )
        for name in (
            "certification_code",
            "partial_validity_months",
            "certification_type",
            "colleague_years",
        ):
            self.fields[name].required = False

    @property
    def groups(self) -> list[tuple[str, str, list]]:
        return [(title, words, [self[name] for name in names]) for title, words, names in grouped()]
