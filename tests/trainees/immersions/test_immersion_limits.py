"""The limits of article D5135-3 held against a count made day by day."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from trainees.models import Enrollment, Immersion
from trainees.services.immersions.limits import check_against_others, check_dates

PATH = Enrollment(contract_start=date(2023, 1, 1), contract_end=date(2029, 12, 31))
DAY = timedelta(days=1)
YEAR = relativedelta(years=1)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
PERIODS = st.tuples(DAYS, st.integers(1, 28), st.booleans())


def immersion(starts_on: date, days: int, *, objectives: str = "Voir", renews: Immersion | None = None):
    return Immersion(
        enrollment=PATH,
        host_name="Pépinières du Sud",
        purpose="discover",
        objectives=objectives,
        starts_on=starts_on,
        ends_on=starts_on + (days - 1) * DAY,
        renews=renews,
        renewal_reason="Le geste n’est pas sûr" if renews else "",
    )


def refusal(check, *args) -> str:
    try:
        check(*args)
    except DomainError as error:
        return error.message
    return ""


def is_lawful(periods: list[Immersion]) -> bool:
    """Every stretch of twelve months, one after the other: 60 days and two conventions at most."""
    day = min(period.starts_on for period in periods) - YEAR
    while day <= max(period.ends_on for period in periods):
        last = day + YEAR - DAY
        inside = [period for period in periods if period.starts_on <= last and period.ends_on >= day]
        days = sum((min(p.ends_on, last) - max(p.starts_on, day)).days + 1 for p in inside)
        if days > 60 or len({p.renews_id or p.pk for p in inside}) > 2:
            return False
        day += DAY
    return True


def overlaps(period: Immersion, others: list[Immersion]) -> bool:
    return any(row.starts_on <= period.ends_on and row.ends_on >= period.starts_on for row in others)


@given(st.lists(PERIODS, min_size=1, max_size=6))
def test_what_is_accepted_is_lawful_day_by_day_and_what_is_refused_is_not(wanted):
    kept: list[Immersion] = []
    for rank, (starts_on, days, as_renewal) in enumerate(wanted):
        first = kept[-1] if as_renewal and kept else None
        if first and (first.renews_id or first.ends_on >= starts_on):
            first = None
        period = immersion(starts_on, days, objectives=f"But {rank}", renews=first)
        if overlaps(period, kept):
            continue

        words = refusal(check_against_others, period, kept)

        assert bool(words) == (not is_lawful([*kept, period])), words
        if not words:
            kept.append(period)


@given(DAYS, st.integers(1, 40))
def test_a_month_is_counted_from_date_to_date(starts_on, days):
    period = immersion(starts_on, days)

    words = refusal(check_dates, period)

    assert ("un mois au plus" in words) == (period.ends_on >= starts_on + relativedelta(months=1))


@given(DAYS, st.integers(0, 800))
def test_the_same_object_at_the_same_host_waits_for_another_year(starts_on, later):
    first = immersion(starts_on, 10)
    again = immersion(first.ends_on + DAY + timedelta(days=later), 10)

    words = refusal(check_against_others, again, [first])

    assert ("a déjà cet objet" in words) == (again.starts_on < first.ends_on + YEAR)


@pytest.mark.parametrize(
    ("starts_on", "last"),
    [
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 28)),
        (date(2026, 3, 15), date(2026, 4, 14)),
    ],
)
def test_the_last_day_of_a_month_depends_on_the_month(starts_on, last):
    inside = immersion(starts_on, (last - starts_on).days + 1)
    beyond = immersion(starts_on, (last - starts_on).days + 2)

    assert refusal(check_dates, inside) == ""
    assert "un mois au plus" in refusal(check_dates, beyond)


def test_a_convention_and_its_renewal_count_as_one():
    first = immersion(date(2026, 1, 5), 10)
    renewal = immersion(date(2026, 2, 5), 10, renews=first)
    second = immersion(date(2026, 4, 1), 10, objectives="Autre but")

    assert refusal(check_against_others, second, [first, renewal]) == ""
    third = immersion(date(2026, 6, 1), 10, objectives="Encore un")
    assert "Deux conventions" in refusal(check_against_others, third, [first, renewal, second])


def test_a_third_convention_is_refused_when_a_year_touches_the_end_of_the_first():
    first = immersion(date(2026, 1, 1), 10)
    second = immersion(date(2026, 5, 1), 5, objectives="Autre but")
    third = immersion(date(2027, 1, 8), 5, objectives="Encore un")

    assert "Deux conventions" in refusal(check_against_others, third, [first, second])
    later = immersion(date(2027, 1, 10), 5, objectives="Encore un")
    assert refusal(check_against_others, later, [first, second]) == ""


def test_a_first_period_that_changes_keeps_its_renewal_lawful():
    first = immersion(date(2026, 1, 5), 10)
    renewal = immersion(date(2026, 2, 5), 10, renews=first)

    first.purpose = "confirm"
    assert "garde le même objet" in refusal(check_against_others, first, [renewal])
    first.purpose, first.host_name = "discover", "Ailleurs"
    assert "même entreprise" in refusal(check_against_others, first, [renewal])
    first.host_name, first.starts_on = "Pépinières du Sud", date(2026, 3, 1)
    first.ends_on = date(2026, 3, 5)
    assert "commence après" in refusal(check_against_others, first, [renewal])


def test_dates_at_the_end_of_time_are_refused_in_words():
    period = immersion(date(9999, 12, 31), 1)

    assert "sort du contrat" in refusal(check_dates, period)
