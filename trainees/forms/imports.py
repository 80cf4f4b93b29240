from django import forms

from trainees.forms.fields import LaidOutForm


class ImportForm(LaidOutForm):
    file = forms.FileField(
        label="Fichier de la promotion",
        help_text="CSV enregistré par votre tableur ; une ligne par personne ; 1 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )
