"""How a month is named and where it ends."""

from datetime import date

from dateutil.relativedelta import relativedelta

from core.formats import MONTHS


def month_name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def of_month(month: date) -> str:
    """« de mars 2026 », « d’avril 2026 »."""
    name = month_name(month)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of the month of `day`."""
    return day + relativedelta(day=31)


def next_month(day: date) -> date:
    return first_of(day) + relativedelta(months=1)
