"""What a row is searched and sorted by, whatever the accents, capitals, hyphens and apostrophes that people type."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from core.text_folding import folded

LONGEST = 600
"""Signs kept: twice the longest name with first names, and less than what a PostgreSQL index takes."""


class FoldedField(models.CharField):
    """The folded words of other columns of the row, and these words written as one, for who types « ndiaye ».

    Each source names a column, or several of which the first that is not empty counts (« usage_name or birth_name »).
    The first sources decide the order: word by word, accents apart, the same on every database. Sentences are told
    apart from names by `max_length=None`: neither cut nor written as one. The value is computed when the row is
    written; `FoldedModel` and `FoldedQuerySet` hold the paths on which Django would not.
    """

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        own: dict[str, Any] = {"max_length": LONGEST, "editable": False, "default": ""}
        super().__init__(**own | options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, [*args, *self.sources], options | {"max_length": self.max_length}

    def db_parameters(self, connection):
        collation = "C" if connection.vendor == "postgresql" else None  # SQLite compares bytes already
        return super().db_parameters(connection) | {"collation": collation}

    def pre_save(self, model_instance, add):
        values = [self._value(model_instance, source) for source in self.sources]
        words = [text for text in map(folded, values) if text]
        joined = [text.replace(" ", "") for text in words if " " in text and self.max_length]
        # Two spaces come before any letter: « Martin, Zoé » before « Martin Dupont, Ali ».
        text = "  ".join([*words, *joined])[:LONGEST]
        setattr(model_instance, self.attname, text)
        return text

    def follows(self, columns: Iterable[str]) -> bool:
        """Whether writing these columns changes what this one must hold."""
        return not {column for source in self.sources for column in source.split(" or ")}.isdisjoint(columns)

    def _value(self, row, source: str) -> str:
        return next((value for column in source.split(" or ") if (value := getattr(row, column))), "")


class FoldedQuerySet(models.QuerySet):
    """Rows with a folded column: names are written row by row, since SQL cannot fold them."""

    def update(self, **values):
        _refuse(self.model, values)
        return super().update(**values)

    def bulk_create(self, objs, *args, **options):
        _refuse(self.model, options.get("update_fields") or ())
        return super().bulk_create(objs, *args, **options)


class FoldedModel(models.Model):
    """A row with a folded column, written with the columns that it follows."""

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **options) -> None:
        if update_fields is None:
            for name in following(type(self), self.__dict__):
                getattr(self, name)  # left deferred, it would not be written
        else:
            update_fields = [*update_fields, *following(type(self), update_fields)]
        super().save(*args, update_fields=update_fields, **options)


def following(model: type[models.Model], columns: Iterable[str]) -> list[str]:
    """The folded columns of a model that follow these columns."""
    fields = (field for field in model._meta.concrete_fields if isinstance(field, FoldedField))
    return [field.name for field in fields if field.follows(columns)]


def matching(text: str, *columns: str) -> Q:
    """Rows where each word of `text` is found in one of these folded columns; no row for signs without a word."""
    words = folded(text).split()
    if text.strip() and not words:
        return Q(pk__in=[])
    found = Q()
    for word in words:
        found &= Q.create([(f"{column}__contains", word) for column in columns], Q.OR)
    return found


def _refuse(model: type[models.Model], columns: Iterable[str]) -> None:
    if forgotten := following(model, columns):
        raise TypeError(f"Save rows of {model.__name__} one by one: {', '.join(forgotten)} would go stale.")
