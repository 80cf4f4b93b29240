from django import forms

from core.texts import LONGEST_REASON
from juries.forms.sessions.sessions import PlanForm

COMING = [("yes", "vient"), ("no", "ne vient pas")]


class MeetingForm(PlanForm):
    """The new day, place and directions of a session."""


class ReplyForm(forms.Form):
    """Coming or not; the reason is optional."""

    answer = forms.ChoiceField(
        choices=COMING, error_messages={"required": "Choisissez : vous venez, ou vous ne venez pas."}
    )
    reason = forms.CharField(label="Pourquoi", max_length=LONGEST_REASON, required=False)

    @property
    def coming(self) -> bool:
        return self.cleaned_data["answer"] == "yes"
