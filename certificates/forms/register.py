from django import forms
from django.db.models import QuerySet

from certificates.enums import CertificateState
from certificates.models import Certificate, RegisterYear
from core.forms.fields import DayField
from core.models.folded import matching
from core.texts import LONGEST_REASON
from trainees.enums import Sex


def year_choices() -> list[tuple[str, str]]:
    years = RegisterYear.objects.order_by("-year").values_list("year", flat=True)
    return [("", "Toutes les années"), *((str(year), str(year)) for year in years)]


class RegisterSearchForm(forms.Form):
    """Narrows the list of certificates; every field may stay empty."""

    q = forms.CharField(label="Nom ou numéro", required=False, max_length=100)
    year = forms.ChoiceField(label="Année", required=False, choices=year_choices)
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous les états"), *CertificateState.choices]
    )

    def narrow(self, certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
        """The certificates that answer what was asked; a field that makes no sense narrows nothing."""
        asked = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        certificates = certificates.filter(matching(asked.get("q", ""), "folded"))
        if asked.get("year"):
            certificates = certificates.filter(year=asked["year"])
        if asked.get("state"):
            certificates = certificates.filter(state=asked["state"])
        return certificates


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label="Motif de la révocation",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Gardé dans le registre. La page publique ne montre que la date.",
    )


class DuplicateForm(forms.Form):
    reason = forms.CharField(
        label="Motif du duplicata",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Gardé au journal, par exemple « parchemin perdu ».",
    )


class ReplacementForm(forms.Form):
    """The identity as it should have been printed, and why it was not."""

    first_names = forms.CharField(label="Prénoms", max_length=100)
    birth_name = forms.CharField(label="Nom de naissance", max_length=60)
    usage_name = forms.CharField(label="Nom d’usage", max_length=60, required=False)
    sex = forms.ChoiceField(label="Sexe", choices=Sex.choices)
    birth_date = DayField(label="Date de naissance")
    birth_place = forms.CharField(label="Commune de naissance", max_length=80, required=False)
    birth_country = forms.CharField(label="Pays de naissance", max_length=60)
    reason = forms.CharField(
        label="Motif du remplacement", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
