from django.db import models


def leaning_on(row: models.Model) -> list[str]:
    """The French names of the kinds of rows that point to this one, whatever a deletion would do with them."""
    found: dict[str, None] = {}
    for relation in row._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: row})
        if rows.exists():
            found[str(relation.related_model._meta.verbose_name_plural)] = None
    return list(found)
