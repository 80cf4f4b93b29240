from django import forms

from accounts.models import User
from core.forms.fields import field_of
from structures.enums import EVALUATING_ROLES
from structures.models import Membership


class CrewTransferForm(forms.Form):
    """Who takes over, and whether the person leaves the role in the same act."""

    successor = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Passer la main à",
        empty_label="Choisir",
        error_messages={"required": "Choisissez la personne qui prend la suite."},
    )
    ends_role = forms.BooleanField(label="Mettre fin à ce rôle en même temps", required=False)

    def __init__(self, *args, membership: Membership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        team = Membership.objects.current().filter(
            structure=membership.structure_id, role__in=EVALUATING_ROLES
        )
        others = User.objects.filter(pk__in=team.values("user")).exclude(pk=membership.user_id)
        field_of(self, "successor", forms.ModelChoiceField).queryset = others
