import re

from django import forms

from structures.models import Structure


class StructureForm(forms.ModelForm):
    """Who a structure is and what it produces; its state is not in the form."""

    siret = forms.CharField(
        label="SIRET",
        max_length=20,
        help_text="14 chiffres, avec ou sans espaces.",
        error_messages={"unique": "Une structure porte déjà ce SIRET."},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    postcode = forms.CharField(
        label="Code postal", max_length=6, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    training_body_number = forms.CharField(
        label="Numéro d’organisme de formation",
        max_length=20,
        required=False,
        help_text="Celui de la déclaration d’activité, 11 chiffres ; les feuilles d’émargement le portent.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    class Meta:
        model = Structure
        fields = [
            "name",
            "siret",
            "address",
            "postcode",
            "city",
            "email",
            "phone",
            "training_body_number",
            "member_number",
            "supports",
        ]
        widgets = {
            "supports": forms.CheckboxSelectMultiple,
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }
        help_texts = {
            "supports": "Les activités sur lesquelles les salariés se forment.",
            "member_number": "Les financeurs le demandent sur chaque feuille d’émargement.",
        }

    def clean_siret(self) -> str:
        return re.sub(r"[\s.]", "", self.cleaned_data["siret"])

    def clean_training_body_number(self) -> str:
        number = re.sub(r"[\s.]", "", self.cleaned_data["training_body_number"])
        if number and not re.fullmatch(r"[0-9]{11}", number):
            raise forms.ValidationError("Un numéro d’organisme de formation compte 11 chiffres.")
        return number

    def clean_postcode(self) -> str:
        postcode = re.sub(r"\s", "", self.cleaned_data["postcode"])
        if not re.fullmatch(r"[0-9]{5}", postcode):
            raise forms.ValidationError("Un code postal compte 5 chiffres.")
        return postcode
