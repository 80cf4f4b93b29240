"""Who a trainee is, their contract, and the place where they are trained."""

from crispy_forms.layout import Fieldset
from django import forms

from core.forms.fields import DayField, field_of
from structures.models import ProductionSupport, Structure
from trainees.enums import Sex
from trainees.forms.fields import LaidOutForm, PersonChoiceField, side_by_side
from trainees.models import Trainee
from trainees.services.enrollments.contracts import LONGEST_NUMBER, Contract, contract_faults
from trainees.services.enrollments.identities import ANOTHER, Identity, identity_faults, look_alikes

CONTRACT_FIELDS = {"start": "contract_start", "end": "contract_end"}
OTHERS = ("weekly_hours", "funding_number")


class IdentityForm(LaidOutForm):
    """The identity as on the identity document; faults are shown beside what was typed."""

    birth_name = forms.CharField(
        label="Nom de naissance", max_length=60, error_messages={"required": "Le nom de naissance manque."}
    )
    usage_name = forms.CharField(
        label="Nom d’usage",
        max_length=60,
        required=False,
        help_text="S’il est différent du nom de naissance.",
    )
    first_names = forms.CharField(
        label="Prénoms",
        max_length=100,
        help_text="Tous, dans l’ordre de l’état civil, dans l’écriture de la personne.",
        error_messages={"required": "Les prénoms manquent."},
    )
    sex = forms.ChoiceField(
        label="Sexe",
        choices=[("", "Choisir"), *Sex.choices],
        error_messages={"required": "Indiquez le sexe."},
    )
    birth_date = DayField(label="Date de naissance")
    birth_place = forms.CharField(
        label="Commune de naissance",
        max_length=80,
        required=False,
        help_text="Nécessaire au certificat pour une naissance en France.",
    )
    birth_insee = forms.CharField(
        label="Code INSEE de naissance",
        max_length=5,
        required=False,
        help_text="5 caractères : 34301, 2A004 ; il commence par 99 pour un pays étranger.",
    )
    birth_country = forms.CharField(label="Pays de naissance", max_length=60, initial="France")
    email = forms.CharField(
        label="Adresse e-mail",
        max_length=254,
        required=False,
        widget=forms.EmailInput,
        help_text="Celle de la personne, pour lui ouvrir son propre compte.",
    )
    phone = forms.CharField(
        label="Téléphone", max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def layout(self) -> list:
        return [
            Fieldset("État civil", "birth_name", "usage_name", "first_names", "sex"),
            Fieldset("Naissance", "birth_date", "birth_place", "birth_insee", "birth_country"),
            Fieldset("Pour la joindre", "email", "phone"),
        ]

    @property
    def identity(self) -> Identity:
        names = Identity.__dataclass_fields__
        return Identity(**{name: self.cleaned_data[name] for name in names}).tidy()

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        if all(name in cleaned for name in Identity.__dataclass_fields__):
            self.add_faults(identity_faults(self.identity, on=cleaned.get("contract_start")))
        return cleaned


class ContractForm(LaidOutForm):
    """The dates and the hours of the employment contract (CDDI), and its funding number."""

    contract_start = DayField(label="Début du contrat")
    contract_end = DayField(label="Fin du contrat")
    weekly_hours = forms.DecimalField(
        label="Heures par semaine",
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="26 ou 26,5.",
        error_messages={
            "required": "Indiquez les heures par semaine.",
            "invalid": "Écrivez les heures en chiffres : 26 ou 26,5.",
        },
    )
    funding_number = forms.CharField(
        label="Numéro de l’accord de prise en charge",
        max_length=LONGEST_NUMBER,
        required=False,
        help_text="Celui que l’OPCO a donné ; les feuilles d’émargement le portent.",
    )

    @property
    def contract(self) -> Contract:
        data = self.cleaned_data
        return Contract(
            data["contract_start"],
            data["contract_end"],
            data["weekly_hours"],
            data.get("funding_number", ""),
        )

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        if all(name in cleaned for name in ("contract_start", "contract_end", "weekly_hours")):
            self.add_faults(contract_faults(self.contract), CONTRACT_FIELDS)
        return cleaned


class PlaceForm(LaidOutForm):
    """The support and the referent, among those of one structure."""

    support = forms.ModelChoiceField(
        queryset=ProductionSupport.objects.none(),
        label="Support de production",
        empty_label="Choisir",
        error_messages={"required": "Choisissez le support de production."},
    )
    referent = PersonChoiceField(
        label="Référent ou référente",
        empty_label="Choisir",
        help_text="La personne de l’équipe qui suit ce parcours.",
        error_messages={"required": "Choisissez la personne référente."},
    )

    def __init__(self, *args, structure: Structure, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "support", forms.ModelChoiceField).queryset = structure.supports.all()
        field_of(self, "referent", PersonChoiceField).offer(structure)


class EnrolForm(PlaceForm, ContractForm, IdentityForm):
    """Everything an enrolment asks, in one page."""

    person = forms.CharField(required=False)
    """Which of the people who look like this one it is, or `ANOTHER`; the page asks when there are any."""
    look_alikes: list[Trainee] = []
    another = ANOTHER

    field_order = [*IdentityForm.base_fields, *ContractForm.base_fields, *PlaceForm.base_fields]

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors:
            self.look_alikes = look_alikes(self.identity)
            if self.look_alikes and cleaned["person"] not in {
                ANOTHER,
                *(str(one.pk) for one in self.look_alikes),
            }:
                self.add_error(
                    None, "Cette personne est peut-être déjà connue : dites ci-dessous si c’est elle."
                )
        return cleaned

    def layout(self) -> list:
        return [
            *IdentityForm.layout(self),
            Fieldset("Contrat de travail", side_by_side("contract_start", "contract_end"), *OTHERS),
            Fieldset("Parcours", *PlaceForm.base_fields),
        ]


class ReferentForm(LaidOutForm):
    referent = PersonChoiceField(
        label="Nouvelle personne référente",
        empty_label="Choisir",
        error_messages={"required": "Choisissez la personne référente."},
    )

    def __init__(self, *args, structure: Structure, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "referent", PersonChoiceField).offer(structure)


class TransferForm(PlaceForm, ContractForm):
    """Where the enrolment goes on, under which contract."""

    field_order = [*PlaceForm.base_fields, *ContractForm.base_fields]
