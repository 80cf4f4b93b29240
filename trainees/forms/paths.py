"""What changes on a path: its breaks, its end, its presences."""

from collections.abc import Sequence

from crispy_forms.layout import Fieldset
from django import forms

from accounts.fields import DayField
from structures.enums import EVALUATING_ROLES
from structures.models import Structure
from trainees.enums import (
    AbsenceReason,
    SessionKind,
    SessionPlace,
    TrainingModule,
)
from trainees.forms.fields import HoursField, LaidOutForm, PersonChoiceField, TimeOfDayField, side_by_side
from trainees.models import Enrollment, ExitReason

WHOLE, PART, NOT_THERE = "whole", "part", "out"
PRESENCES = [
    (WHOLE, "là toute la séance"),
    (PART, "là en partie"),
    *AbsenceReason.choices,
    (NOT_THERE, "non concernée"),
]


class PauseForm(LaidOutForm):
    starts_on = DayField(label="En pause depuis le")
    reason = forms.CharField(
        label="Motif",
        max_length=200,
        help_text="En quelques mots, sans détail de santé ni de vie privée.",
        error_messages={"required": "Dites en quelques mots pourquoi le parcours s’arrête."},
    )


class ResumeForm(LaidOutForm):
    ends_on = DayField(label="Dernier jour de la pause")


class LeaveForm(LaidOutForm):
    left_on = DayField(label="Sortie le")
    reason = forms.ModelChoiceField(
        queryset=ExitReason.objects.all(),
        label="Motif de sortie",
        empty_label="Choisir",
        error_messages={"required": "Choisissez le motif dans la liste du certificateur."},
    )


class SessionForm(LaidOutForm):
    """A session that took place; who was there is asked by one `PresenceForm` each."""

    held_on = DayField(label="Jour")
    starts_at = TimeOfDayField(label="De")
    ends_at = TimeOfDayField(label="À")
    trainer = PersonChoiceField(label="Animée par", empty_label="Choisir")
    place = forms.ChoiceField(label="Lieu", choices=SessionPlace.choices)
    kind = forms.ChoiceField(label="Forme", choices=SessionKind.choices)
    module = forms.ChoiceField(label="Module", choices=TrainingModule.choices)
    theme = forms.CharField(
        label="Thème",
        max_length=160,
        help_text="Ce qui a été travaillé : la feuille d’émargement le porte.",
        error_messages={"required": "Donnez le thème de la séance."},
    )

    def __init__(self, *args, structure: Structure, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainer"].offer(structure, *EVALUATING_ROLES)

    def layout(self) -> list:
        return [
            Fieldset("Quand", side_by_side("held_on", "starts_at", "ends_at")),
            Fieldset("Quoi", "place", "kind", "module", "theme", "trainer"),
        ]


class PresenceForm(forms.Form):
    """One line of the crew: there the whole time, a part of it, away for a reason, or not concerned."""

    status = forms.ChoiceField(choices=PRESENCES, widget=forms.Select(attrs={"class": "form-select my-1"}))
    minutes = HoursField(required=False)

    def __init__(self, *args, enrollment: Enrollment, **kwargs) -> None:
        super().__init__(*args, prefix=str(enrollment.pk), **kwargs)
        self.enrollment = enrollment
        name = str(enrollment.trainee)
        self.fields["status"].widget.attrs["aria-label"] = f"Présence de {name}"
        self.fields["minutes"].widget.attrs |= {
            "aria-label": f"Durée de présence de {name}, si elle est partielle",
            "class": "form-control my-1",
            "placeholder": "2 h 30",
        }

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("status") == PART and not cleaned.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", "Indiquez la durée de présence : 2 h 30.")
        return cleaned

    @property
    def is_noted(self) -> bool:
        return self.cleaned_data["status"] != NOT_THERE

    def minutes_of(self, length: int) -> int:
        """The minutes of presence in a session of `length` minutes."""
        whole_or_away = {WHOLE: length}.get(self.cleaned_data["status"], 0)
        return self.cleaned_data["minutes"] if self.cleaned_data["status"] == PART else whole_or_away

    @property
    def absence(self) -> str:
        status = self.cleaned_data["status"]
        return status if status in AbsenceReason.values else ""


class CorrectionForm(LaidOutForm):
    """What a presence should have said, and why."""

    minutes = HoursField(
        label="Durée de présence", required=False, help_text="Rien, si la personne était absente."
    )
    absence = forms.ChoiceField(
        label="Absence", choices=[("", "aucune, elle était là"), *AbsenceReason.choices], required=False
    )
    reason = forms.CharField(
        label="Motif de la correction",
        max_length=300,
        error_messages={"required": "Dites en quelques mots ce qui était faux."},
    )


def presence_forms(crew: Sequence[Enrollment], data=None, initial: str = WHOLE) -> list[PresenceForm]:
    return [PresenceForm(data, enrollment=row, initial={"status": initial}) for row in crew]
