"""What a piece of template gives."""

import re

from django.template import engines


def show(source: str, **values) -> str:
    """What a template gives, with ordinary spaces and one line."""
    page = engines["django"].from_string(source).render(values)
    return re.sub(r"\s+", " ", page.replace("&nbsp;", " ")).strip()


def words(source: str, **values) -> str:
    """What a person reads of a template, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", show(source, **values))).strip()
