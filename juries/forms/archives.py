from django import forms

from juries.enums import ArchiveKind, SessionState
from juries.models import JurySession, RegisterYear
from structures.territories import REGIONS


class SessionChoice(forms.ModelChoiceField):
    def label_from_instance(self, session: JurySession) -> str:
        return f"{session.held_on:%d/%m/%Y}, {session.city}"


class ArchiveForm(forms.Form):
    """What to gather, and from where: a session, or a region and a year."""

    kind = forms.ChoiceField(
        label="Que rassembler",
        choices=ArchiveKind.choices,
        initial=ArchiveKind.FILES,
        widget=forms.RadioSelect,
    )
    session = SessionChoice(
        label="Session de jury",
        required=False,
        queryset=JurySession.objects.none(),
        empty_label="Toutes les sessions",
    )
    region = forms.ChoiceField(label="Région du jury", required=False)
    year = forms.TypedChoiceField(label="Année du registre", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        released = JurySession.objects.filter(state=SessionState.RELEASED)
        self.fields["session"].queryset = released.order_by("-held_on", "city")
        self.fields["region"].choices = [
            ("", "Toutes les régions"),
            *sorted(REGIONS.items(), key=lambda one: one[1]),
        ]
        years = RegisterYear.objects.order_by("-year").values_list("year", flat=True)
        self.fields["year"].choices = [("", "Toutes les années"), *((str(year), str(year)) for year in years)]
