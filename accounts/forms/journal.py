from datetime import datetime, time, timedelta

from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from core.forms.fields import DayField, field_of
from core.models import JournalEntry
from core.models.folded import matching


class JournalSearchForm(forms.Form):
    """Narrows the journal; every field may stay empty."""

    words = forms.CharField(label="Mots de l’acte", required=False, max_length=100)
    person = forms.CharField(label="Personne", required=False, max_length=100)
    kind = forms.ChoiceField(label="Objet", required=False)
    since = DayField(label="Du", required=False)
    until = DayField(label="Au", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kinds = JournalEntry.objects.order_by().values_list("subject_type", flat=True).distinct()
        named = sorted(((kind, _name_of(kind)) for kind in kinds), key=lambda pair: pair[1])
        field_of(self, "kind", forms.ChoiceField).choices = [("", "Tous les objets"), *named]

    @property
    def asked(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
        """The lines that match: each word in the sentence or its reason, days taken as they are in France."""
        asked = self.asked
        entries = entries.filter(
            matching(asked.get("words", ""), "folded_words"),
            matching(asked.get("person", ""), "folded_actor"),
        )
        if "kind" in asked:
            entries = entries.filter(subject_type=asked["kind"])
        if "since" in asked:
            entries = entries.filter(at__gte=_start_of(asked["since"]))
        if "until" in asked:
            entries = entries.filter(at__lt=_start_of(asked["until"] + timedelta(days=1)))
        return entries


def _name_of(kind: str) -> str:
    """The French name of a kind of row, as its model gives it."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind


def _start_of(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
