"""What changes on an enrolment: its breaks and its end."""

from django import forms

from core.forms.fields import DayField
from core.texts import LONGEST_REASON
from trainees.forms.fields import LaidOutForm
from trainees.models import ExitReason


class PauseForm(LaidOutForm):
    starts_on = DayField(label="En pause depuis le")
    reason = forms.CharField(
        label="Motif",
        max_length=LONGEST_REASON,
        help_text="En quelques mots, sans détail de santé ni de vie privée.",
        error_messages={"required": "Dites en quelques mots pourquoi le parcours s’arrête."},
    )


class ResumeForm(LaidOutForm):
    ends_on = DayField(label="Dernier jour de la pause")


class WithdrawForm(LaidOutForm):
    whole_import = forms.BooleanField(
        label="Retirer aussi toutes les personnes inscrites par le même fichier", required=False
    )


class LeaveForm(LaidOutForm):
    left_on = DayField(label="Sortie le")
    reason = forms.ModelChoiceField(
        queryset=ExitReason.objects.all(),
        label="Motif de sortie",
        empty_label="Choisir",
        error_messages={"required": "Choisissez le motif dans la liste du certificateur."},
    )
