from django import forms

from core.forms.fields import DayField, field_of
from core.texts import LONGEST_REASON
from juries.enums import College
from juries.models import Juror
from structures.models import Structure
from structures.rules.territories import REGIONS
from trainees.models import Trainee


class JurorProfileForm(forms.Form):
    """What is known of a juror besides their name."""

    college = forms.ChoiceField(label="Collège", choices=College.choices, widget=forms.RadioSelect)
    organisation = forms.CharField(label="Organisation", max_length=160)
    trade = forms.CharField(label="Métier", max_length=120, required=False)
    region = forms.ChoiceField(label="Région", choices=list(REGIONS.items()))
    of_certifier = forms.BooleanField(
        label="Appartient au certificateur",
        required=False,
        help_text="Compte dans la part de jurés extérieurs que demandent les réglages.",
    )
    trained_on = DayField(
        label="Formé au rôle de juré le",
        required=False,
    )
    training_title = forms.CharField(
        label="Intitulé de cette formation",
        max_length=160,
        required=False,
        help_text="Par exemple : « Siéger dans un jury de CQP », une journée.",
    )


class JurorForm(JurorProfileForm):
    """A person becomes a juror; they are invited when they have no account."""

    email = forms.EmailField(label="Adresse e-mail")
    first_name = forms.CharField(label="Prénom", max_length=80)
    last_name = forms.CharField(label="Nom", max_length=80)

    field_order = ["email", "first_name", "last_name"]


class JurorChangeForm(JurorProfileForm):
    is_active = forms.BooleanField(
        label="Dans le vivier", required=False, help_text="Décochez pour ne plus proposer cette personne."
    )

    @classmethod
    def of(cls, juror: Juror, data=None) -> "JurorChangeForm":
        return cls(data, initial={name: getattr(juror, name) for name in cls.base_fields})


class LinkForm(forms.Form):
    """A link with one structure or with one person, present or past."""

    structure = forms.ModelChoiceField(label="Structure", queryset=Structure.objects.all(), required=False)
    trainee = forms.ModelChoiceField(label="Candidat", queryset=Trainee.objects.none(), required=False)
    nature = forms.CharField(
        label="Nature du lien",
        max_length=LONGEST_REASON,
        help_text="En quelques mots : ancien salarié, famille, client régulier…",
    )

    def __init__(self, data=None, *, trainees, **kwargs) -> None:
        super().__init__(data, **kwargs)
        field_of(self, "trainee", forms.ModelChoiceField).queryset = trainees
        if not trainees:
            del self.fields["trainee"]

    def clean(self) -> None:
        super().clean()
        if bool(self.cleaned_data.get("structure")) == bool(self.cleaned_data.get("trainee")):
            self.add_error("structure", "Choisissez une structure ou un candidat, l’un des deux.")
