"""Sessions: when and on what, who is expected, who was there, and what was wrong."""

from crispy_forms.layout import Fieldset
from django import forms

from core.forms.fields import DayField, field_of
from core.texts import LONGEST_REASON
from structures.enums import EVALUATING_ROLES
from structures.models import Structure
from trainees.enums import AbsenceReason, EnrollmentState, SessionKind, SessionPlace, TrainingModule
from trainees.forms.fields import HoursField, LaidOutForm, PersonChoiceField, TimeOfDayField, side_by_side
from trainees.models import Enrollment, TrainingSession
from trainees.services.sessions import MOST_WEEKS, Slot

WHOLE, PART, NOT_THERE = "whole", "part", "out"
PRESENCES = [
    (WHOLE, "là toute la séance"),
    (PART, "là en partie"),
    *AbsenceReason.choices,
    (NOT_THERE, "non concernée"),
]


class SessionForm(LaidOutForm):
    """When, where, on what and by whom a session is given."""

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

    def __init__(self, *args, structure: Structure, session: TrainingSession | None = None, **kwargs) -> None:
        """With `session`, a planned one: its values are proposed, and its trainer even after leaving the team."""
        if session:
            kwargs["initial"] = {name: getattr(session, name) for name in Slot.__annotations__}
        super().__init__(*args, **kwargs)
        trainer = field_of(self, "trainer", PersonChoiceField)
        trainer.offer(structure, *EVALUATING_ROLES, also=session.trainer if session else None)

    def layout(self) -> list:
        return [
            Fieldset("Quand", side_by_side("held_on", "starts_at", "ends_at")),
            Fieldset("Quoi", "place", "kind", "module", "theme", "trainer"),
        ]

    @property
    def slot(self) -> Slot:
        return Slot(**{name: self.cleaned_data[name] for name in Slot.__annotations__})


class CrewField(forms.ModelMultipleChoiceField):
    """Boxes to tick, one for each open enrolment of a structure."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": "Cochez au moins une personne."}

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=Enrollment.objects.none(), **kwargs)

    def offer(self, structure: Structure) -> None:
        self.queryset = (
            Enrollment.objects.open().filter(structure=structure).select_related("trainee", "support")
        )

    def label_from_instance(self, enrollment: Enrollment) -> str:
        pause = ", en pause" if enrollment.state == EnrollmentState.SUSPENDED else ""
        return f"{enrollment.trainee} ({enrollment.support}{pause})"


class PlanSessionsForm(SessionForm):
    """Sessions to come, and who is expected at them."""

    weeks = forms.IntegerField(
        label="Nombre de semaines",
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        help_text=f"1 : une seule séance. De 2 à {MOST_WEEKS} : la même chaque semaine, le même jour.",
    )
    expected = CrewField(label="Qui est attendu")

    def __init__(self, *args, structure: Structure, **kwargs) -> None:
        super().__init__(*args, structure=structure, **kwargs)
        field_of(self, "expected", CrewField).offer(structure)
        self.fields["theme"].help_text = "Ce qui sera travaillé. Il pourra changer au moment de l’appel."
        self.fields["held_on"].label = "Première séance le"

    def layout(self) -> list:
        return [
            Fieldset("Quand", side_by_side("held_on", "starts_at", "ends_at"), "weeks"),
            Fieldset("Quoi", "place", "kind", "module", "theme", "trainer"),
            Fieldset("Avec qui", "expected"),
        ]


class ChangeForm(SessionForm):
    """A planned session, and whether those that follow it in its series change with it."""

    expected = CrewField(label="Qui est attendu")
    whole_rest_of_series = forms.BooleanField(
        label="Changer aussi les séances suivantes de la série", required=False
    )

    def __init__(self, *args, structure: Structure, session: TrainingSession, **kwargs) -> None:
        super().__init__(*args, structure=structure, session=session, **kwargs)
        field_of(self, "expected", CrewField).offer(structure)
        self.was_expected = frozenset(session.expected.values_list("pk", flat=True))
        self.initial["expected"] = list(self.was_expected)
        if not session.series:
            del self.fields["whole_rest_of_series"]

    def layout(self) -> list:
        rest = [field for field in ("whole_rest_of_series",) if field in self.fields]
        return [*super().layout(), Fieldset("Avec qui", "expected"), *rest]

    @property
    def expected_now(self) -> list[Enrollment] | None:
        """Those expected from now on, or nothing when the boxes did not move."""
        ticked = self.cleaned_data["expected"]
        offered = {enrollment.pk for enrollment in field_of(self, "expected", CrewField).queryset or ()}
        return (
            None if {enrollment.pk for enrollment in ticked} == self.was_expected & offered else list(ticked)
        )


class PresenceForm(forms.Form):
    """One line of the crew: there the whole time, a part of it, away for a reason, or not concerned."""

    status = forms.ChoiceField(choices=PRESENCES, widget=forms.Select(attrs={"class": "form-select my-1"}))
    minutes = HoursField(required=False)

    def __init__(self, *args, enrollment: Enrollment, **kwargs) -> None:
        super().__init__(*args, **kwargs | {"prefix": str(enrollment.pk)})
        self.enrollment = enrollment
        name = str(enrollment.trainee)
        self.fields["status"].widget.attrs["aria-label"] = f"Présence de {name}"
        self.fields["minutes"].widget.attrs |= {
            "aria-label": f"Durée de présence de {name}, si elle est partielle",
            "class": "form-control my-1",
            "placeholder": "2 h 30",
        }

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
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
    """The corrected presence, and the reason."""

    minutes = HoursField(
        label="Durée de présence", required=False, help_text="Rien, si la personne était absente."
    )
    absence = forms.ChoiceField(
        label="Absence", choices=[("", "aucune, elle était là"), *AbsenceReason.choices], required=False
    )
    reason = forms.CharField(
        label="Motif de la correction",
        max_length=LONGEST_REASON,
        error_messages={"required": "Dites en quelques mots ce qui était faux."},
    )
