from datetime import time

from django import forms

from core.forms.fields import field_of
from juries.models import Candidate, JurySession, Panel, Seat
from juries.services.sessions.timetable import PanelInput, PassageInput


def clock_field(label: str, **kwargs) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Écrivez une heure comme 09:30."},
        **kwargs,
    )


class StartForm(forms.Form):
    """From when on a day is laid out."""

    starts_at = clock_field("Première épreuve à", initial=time(8, 30))


class PauseForm(forms.Form):
    label = forms.CharField(label="Objet", max_length=60, initial="Repas")
    starts_at = clock_field("De")
    ends_at = clock_field("À")


class NamedSeats(forms.ModelMultipleChoiceField):
    def label_from_instance(self, seat: Seat) -> str:
        return f"{seat.juror}, collège {seat.juror.get_college_display()}"


class PanelForm(forms.Form):
    """One panel; a form left without a name and without jurors asks for none."""

    name = forms.CharField(label="Nom", max_length=30, required=False)
    place = forms.CharField(
        label="Endroit", max_length=120, required=False, help_text="La salle, l’atelier, la serre."
    )
    seats = NamedSeats(
        label="Jurés", queryset=Seat.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, seats, panel: Panel | None = None, **kwargs) -> None:
        if panel:
            ids = [seat.pk for seat in panel.seats.all()]
            kwargs["initial"] = {"name": panel.name, "place": panel.place, "seats": ids}
        super().__init__(data, **kwargs)
        self.panel = panel
        field_of(self, "seats", NamedSeats).queryset = seats

    def asked(self) -> PanelInput | None:
        facts = self.cleaned_data
        seats = frozenset(seat.pk for seat in facts["seats"])
        if not facts["name"] and not seats:
            return None
        return PanelInput(self.panel.pk if self.panel else None, facts["name"], facts["place"], seats)


class PassageForm(forms.Form):
    """The two times of one candidate, and who hears each test."""

    production_at = clock_field("Épreuve de production", required=False)
    production_panel = forms.ModelChoiceField(
        label="Qui voit l’épreuve", queryset=Panel.objects.none(), required=False, empty_label="Tout le jury"
    )
    interview_at = clock_field("Entretien", required=False)
    interview_panel = forms.ModelChoiceField(
        label="Qui reçoit en entretien",
        queryset=Panel.objects.none(),
        required=False,
        empty_label="Tout le jury",
    )

    def __init__(self, data=None, *, candidate: Candidate, panels, **kwargs) -> None:
        initial = {
            "production_at": candidate.production_at,
            "production_panel": candidate.production_panel_id,
            "interview_at": candidate.interview_at,
            "interview_panel": candidate.interview_panel_id,
        }
        super().__init__(data, initial=initial, prefix=str(candidate.pk), **kwargs)
        self.candidate = candidate
        for name in ("production_panel", "interview_panel"):
            field_of(self, name, forms.ModelChoiceField).queryset = panels

    def asked(self) -> PassageInput:
        facts = self.cleaned_data
        return PassageInput(
            self.candidate.pk,
            facts["production_at"],
            facts["production_panel"].pk if facts["production_panel"] else None,
            facts["interview_at"],
            facts["interview_panel"].pk if facts["interview_panel"] else None,
        )


def passage_forms(session: JurySession, candidates: list[Candidate], data=None) -> list[PassageForm]:
    panels = session.panels.all()
    return [PassageForm(data, candidate=row, panels=panels) for row in candidates]


def panel_forms(session: JurySession, panels: list[Panel], data=None) -> list[PanelForm]:
    """A form for each panel there is, and as many empty ones as the rules expect, two at least."""
    empty = max(session.rules.parallel_panels, 2) - len(panels)
    seats = session.seats.active().with_people()
    shown = [*panels, *[None] * max(empty, 1)]
    return [PanelForm(data, seats=seats, panel=panel, prefix=f"p{n}") for n, panel in enumerate(shown)]
