"""The plan of a path: the hours foreseen by modality, and when they are to be lived."""

from django import forms

from trainees.enums import Modality
from trainees.forms.fields import HoursField, LaidOutForm
from trainees.models import Enrollment
from trainees.services.plans import plan_faults

PLAN_FIELDS = {modality: f"{modality}_minutes" for modality in Modality}


class PlanForm(LaidOutForm):
    """The hours foreseen by modality, and why they change when a plan is already there."""

    production_minutes = HoursField(
        label="En situation de production", help_text="En heures : 130, ou 130 h 30."
    )
    classroom_minutes = HoursField(label="En salle")
    immersion_minutes = HoursField(label="En immersion dans une entreprise")
    reason = forms.CharField(
        label="Motif de la révision",
        max_length=300,
        error_messages={"required": "Dites en quelques mots ce qui change."},
    )

    def __init__(self, *args, enrollment: Enrollment, is_revision: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.enrollment = enrollment
        if not is_revision:
            del self.fields["reason"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if all(name in cleaned for name in PLAN_FIELDS.values()):
            planned = {modality: cleaned[name] for modality, name in PLAN_FIELDS.items()}
            self.add_faults(plan_faults(self.enrollment, planned), PLAN_FIELDS)
        return cleaned
