"""The French formats as template filters; the functions, with their rules, are in `core.formats`."""

from django import template

from core import formats

register = template.Library()

for function in (
    formats.ago,
    formats.counted,
    formats.daterange,
    formats.daytime,
    formats.grouped,
    formats.hours,
    formats.initials,
    formats.joined,
    formats.longdate,
    formats.number,
    formats.percent,
    formats.plural,
    formats.shortdate,
    formats.siret,
    formats.timeofday,
):
    register.filter(function.__name__, function)
