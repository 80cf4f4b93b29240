"""The forms of an experience sheet: its texts, its competencies, its photos."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.forms import BoundField

from core import clock
from core.forms.fields import DayField
from core.photos import MOST_BYTES
from evaluations.models import Competency, Domain, ExperienceSheet, MasteryLevel
from evaluations.models.sheets import LONGEST_CAPTION
from trainees.models import Enrollment

CLAIM = "niveau-"
IMAGES = "image/jpeg,image/png,image/webp"


@dataclass(frozen=True)
class DomainFields:
    """The fields of one domain."""

    domain: Domain
    fields: list[BoundField]

    @property
    def chosen(self) -> int:
        return sum(bool(field.value()) for field in self.fields)


class SheetForm(forms.Form):
    """The texts of a sheet, then one field for each competency of the enrolment, empty where it is not shown."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label="Titre", max_length=120, help_text="Par exemple : la haie du stade.")
    done_on = DayField(label="Quand")
    where = forms.CharField(label="Où", max_length=200)
    what = forms.CharField(
        label="Ce que j’ai fait", max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    tools = forms.CharField(label="Avec quoi", max_length=300, required=False)
    people = forms.CharField(label="Avec qui", max_length=300, required=False)
    learnt = forms.CharField(
        label="Ce que j’ai appris",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Nécessaire pour proposer la fiche à l’équipe.",
    )

    def __init__(self, data=None, *, enrollment: Enrollment, sheet: ExperienceSheet | None = None):
        super().__init__(data, initial=_initial_of(sheet))
        self.fields["done_on"].widget.attrs["max"] = f"{clock.today():%Y-%m-%d}"
        required = Competency.objects.for_enrollment(
            version=enrollment.framework_version, support_id=enrollment.support_id
        )
        self.competencies = list(required.select_related("domain"))
        levels = MasteryLevel.objects.filter(framework__version=enrollment.framework_version)
        choices = [("", "–"), *((level.rank, str(level)) for level in levels)]
        for competency in self.competencies:
            self.fields[f"{CLAIM}{competency.pk}"] = forms.TypedChoiceField(
                label=str(competency), choices=choices, coerce=int, required=False, empty_value=None
            )

    @property
    def text_fields(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith(CLAIM)]

    @property
    def chapters(self) -> list[DomainFields]:
        by_domain: dict[Domain, list[BoundField]] = {}
        for competency in self.competencies:
            by_domain.setdefault(competency.domain, []).append(self[f"{CLAIM}{competency.pk}"])
        return [DomainFields(domain, fields) for domain, fields in by_domain.items()]

    @property
    def values(self) -> dict:
        """The arguments of `write_sheet` and `change_sheet`, once the form is valid."""
        values = {name: value for name, value in self.cleaned_data.items() if not name.startswith(CLAIM)}
        values.pop("id")
        return values | {"claims": self._claims()}

    def _claims(self) -> dict[UUID, int]:
        ranks = {row.pk: self.cleaned_data[f"{CLAIM}{row.pk}"] for row in self.competencies}
        return {pk: rank for pk, rank in ranks.items() if rank}


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label="Photo",
        widget=forms.FileInput(attrs={"accept": IMAGES}),
        help_text=f"JPEG, PNG ou WebP, {MOST_BYTES // 1024 // 1024} Mo au plus. Le lieu et la date sont effacés.",
    )
    caption = forms.CharField(label="Ce qu’on y voit", max_length=LONGEST_CAPTION, required=False)


def _initial_of(sheet: ExperienceSheet | None) -> dict:
    if sheet is None:
        return {"id": uuid4(), "done_on": clock.today()}
    names = ("title", "done_on", "where", "what", "tools", "people", "learnt")
    claims = {f"{CLAIM}{claim.competency_id}": claim.rank for claim in sheet.claims.all()}
    return {name: getattr(sheet, name) for name in names} | claims | {"id": sheet.pk}
