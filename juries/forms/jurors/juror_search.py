"""The search of jurors, and what they declare."""

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.forms.fields import DayField, field_of
from core.models.folded import matching
from juries.enums import College, SessionState
from juries.models import Juror, Seat, Unavailability
from structures.models import Structure
from structures.rules.territories import REGIONS


def by_name() -> list[tuple[str, str]]:
    return sorted(REGIONS.items(), key=lambda region: region[1])


class JurorSearchForm(forms.Form):
    """Narrows the list of jurors; every field may stay empty, and a value unknown narrows nothing."""

    q = forms.CharField(label="Nom ou organisation", required=False, max_length=100)
    region = forms.ChoiceField(label="Région", required=False)
    college = forms.ChoiceField(label="Collège", required=False, choices=[("", "Les deux"), *College.choices])
    trade = forms.CharField(label="Métier", required=False, max_length=100)
    free_on = DayField(label="Libre le", required=False)
    trained = forms.ChoiceField(
        label="Formé au rôle",
        required=False,
        choices=[("", "Peu importe"), ("yes", "Oui"), ("no", "Pas encore")],
    )
    place = forms.ChoiceField(
        label="Vivier",
        required=False,
        choices=[("", "Tout le monde"), ("in", "Dans le vivier"), ("out", "Hors du vivier")],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "region", forms.ChoiceField).choices = [("", "Toutes"), *by_name()]

    @property
    def asked(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, jurors: QuerySet[Juror]) -> QuerySet[Juror]:
        asked = self.asked
        jurors = jurors.filter(
            matching(asked.get("q", ""), "user__folded", "folded_organisation"),
            matching(asked.get("trade", ""), "folded_trade"),
        )
        if "free_on" in asked:
            jurors = jurors.filter(is_active=True).exclude(_taken_on(asked["free_on"]))
        if "trained" in asked:
            jurors = jurors.filter(trained_on__isnull=asked["trained"] == "no")
        if "place" in asked:
            jurors = jurors.filter(is_active=asked["place"] == "in")
        return jurors.filter(**{name: asked[name] for name in ("region", "college") if name in asked})


def _taken_on(day) -> Q:
    away = Unavailability.objects.filter(juror=OuterRef("pk"), starts_on__lte=day, ends_on__gte=day)
    seats = Seat.objects.active().filter(juror=OuterRef("pk"), session__held_on=day)
    return Q(Exists(away)) | Q(Exists(seats.exclude(session__state=SessionState.CANCELLED)))


class UnavailabilityForm(forms.Form):
    """Days on which one cannot sit."""

    starts_on = DayField(label="Du")
    ends_on = DayField(label="Au", required=False, help_text="Ce jour compris. Vide : un seul jour.")

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("ends_on") and "ends_on" not in self.errors:
            self.cleaned_data["ends_on"] = self.cleaned_data.get("starts_on")


class EmployerForm(forms.Form):
    """An employer of today or of before."""

    structure = forms.ModelChoiceField(
        label="Structure du site",
        queryset=Structure.objects.all(),
        required=False,
        empty_label="Aucune : je l’écris dessous",
    )
    name = forms.CharField(
        label="Ou nom de l’employeur",
        max_length=160,
        required=False,
        help_text="Une entreprise qui accueille des immersions, par exemple.",
    )
    from_year = forms.IntegerField(label="De l’année", min_value=1940, max_value=2100)
    until_year = forms.IntegerField(
        label="À l’année",
        min_value=1940,
        max_value=2100,
        required=False,
        help_text="Vide : encore aujourd’hui.",
    )
