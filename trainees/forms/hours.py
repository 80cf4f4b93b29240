"""The plan of an enrolment: the hours foreseen by modality, and when they take place."""

from crispy_forms.layout import Fieldset
from django import forms

from core.forms.fields import DayField
from core.texts import LONGEST_REASON
from trainees.enums import Modality
from trainees.forms.fields import HoursField, LaidOutForm, side_by_side
from trainees.models import Enrollment
from trainees.services.hours.plans import date_faults, plan_faults

PLAN_FIELDS: dict[str, str] = {modality: f"{modality}_minutes" for modality in Modality}


class PlanForm(LaidOutForm):
    """The hours foreseen by modality, their dates, and why they change when a plan is already there."""

    production_minutes = HoursField(
        label="En situation de production", help_text="En heures : 130, ou 130 h 30."
    )
    classroom_minutes = HoursField(label="En salle")
    immersion_minutes = HoursField(label="En immersion dans une entreprise")
    starts_on = DayField(label="Du", required=False)
    ends_on = DayField(label="Au", required=False)
    reason = forms.CharField(
        label="Motif de la révision",
        max_length=LONGEST_REASON,
        error_messages={"required": "Dites en quelques mots ce qui change."},
    )

    def __init__(self, *args, enrollment: Enrollment, is_revision: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.enrollment = enrollment
        if not is_revision:
            del self.fields["reason"]

    def layout(self) -> list:
        last = ["reason"] if "reason" in self.fields else []
        return [
            Fieldset("Combien", *PLAN_FIELDS.values()),
            Fieldset("Quand, si ce n’est pas tout le contrat", side_by_side("starts_on", "ends_on")),
            *last,
        ]

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        if all(name in cleaned for name in PLAN_FIELDS.values()):
            planned = {modality: cleaned[name] for modality, name in PLAN_FIELDS.items()}
            self.add_faults(plan_faults(self.enrollment, planned), PLAN_FIELDS)
        if "starts_on" in cleaned and "ends_on" in cleaned:
            self.add_faults(date_faults(cleaned["starts_on"], cleaned["ends_on"]))
        return cleaned
