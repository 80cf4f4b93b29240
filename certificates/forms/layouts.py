from django import forms
from django.core.files.uploadedfile import UploadedFile

from certificates.models import CertificateLayout
from certificates.services.layouts import Example, LayoutImages, LayoutTexts, clean_image
from core.errors import DomainError

ACCEPTED = "image/png,image/jpeg,image/webp"
FORMATS_HELP = "PNG à fond transparent de préférence, ou JPEG\u00a0; 5\u00a0Mo au plus."


class ImageField(forms.FileField):
    """An image, cleaned as it arrives: `cleaned_data` holds the bytes of a PNG, or nothing."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: UploadedFile | None, initial: object = None) -> bytes | None:
        sent = super().clean(data, None)
        if not sent:
            return None
        try:
            return clean_image(sent, size=sent.size)
        except DomainError as error:
            raise forms.ValidationError(error.message) from error


class SourceForm(forms.Form):
    """The version that a draft copies."""

    source = forms.SlugField()


class LayoutForm(forms.ModelForm):
    """The texts and the images of a draft, and the certificate that shows them."""

    logo = ImageField(label="Logo", required=False, help_text=f"En haut à gauche, 42 × 20 mm. {FORMATS_HELP}")
    no_logo = forms.BooleanField(label="Enlever le logo", required=False)
    signature = ImageField(
        label="Signature du certificateur",
        required=False,
        help_text=f"Au-dessus du nom du signataire, 46 × 15 mm. {FORMATS_HELP}",
    )
    no_signature = forms.BooleanField(label="Enlever la signature", required=False)
    example = forms.ChoiceField(
        label="Montrer l’aperçu avec", choices=Example.choices, required=False, initial=Example.USUAL
    )

    class Meta:
        model = CertificateLayout
        fields = ["intro", "domains_heading", "closing"]
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 3}),
            "closing": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "intro": "{lieu} et {date} y sont remplacés par ceux du jury. Deux lignes au plus.",
            "domains_heading": "Une ligne, au-dessus de la liste.",
            "closing": "Une ligne, tout en bas.",
        }

    field_order = [
        *("intro", "domains_heading", "closing", "logo", "no_logo", "signature", "no_signature", "example")
    ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("logo", "signature"):
            if not getattr(self.instance, name):
                del self.fields[f"no_{name}"]

    @property
    def texts(self) -> LayoutTexts:
        written = self.cleaned_data
        return {
            "intro": written["intro"],
            "domains_heading": written["domains_heading"],
            "closing": written["closing"],
        }

    @property
    def images(self) -> LayoutImages:
        return {"logo": self._image("logo"), "signature": self._image("signature")}

    def _image(self, name: str) -> bytes | None:
        return self.cleaned_data[name] or (b"" if self.cleaned_data.get(f"no_{name}") else None)

    def _post_clean(self) -> None:
        """The instance stays as it is in the database: the service writes it."""
