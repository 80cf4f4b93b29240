from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Engine

from core import clock, formats
from core.templatetags import french

pytestmark = pytest.mark.date_sensitive


def spaced(text: str) -> str:
    """The text with ordinary spaces, so that a test reads like a page."""
    return text.replace(formats.NBSP, " ").replace(formats.THIN, " ")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (750, "12 h 30"),
        (720, "12 h"),
        (45, "45 min"),
        (0, "0 h"),
        (65, "1 h 05"),
        (23940, "399 h"),
        (72030, "1 200 h 30"),
        (-90, "−1 h 30"),
        (None, ""),
        ("", ""),
    ],
)
def test_durations_are_written_in_hours_and_minutes(minutes, text):
    assert spaced(formats.hours(minutes)) == text


def test_a_duration_never_breaks_at_the_end_of_a_line():
    assert formats.hours(750) == "12\u00a0h\u00a030"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4000, "4 000"),
        (27, "27"),
        (1234567, "1 234 567"),
        (12.5, "12,5"),
        (Decimal("1234.50"), "1 234,5"),
        (2.675, "2,68"),
        (-3, "−3"),
        (-0.001, "0"),
        (None, ""),
        ("", ""),
    ],
)
def test_numbers_are_grouped_by_three_with_a_comma(value, text):
    assert spaced(formats.number(value)) == text


def test_thousands_are_held_by_a_narrow_space():
    assert formats.number(4000) == "4\u202f000"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0.27, 1, "27 %"),
        (27, 4000, "0,7 %"),
        (1, 4000, "moins de 0,1 %"),
        (0, 4000, "0 %"),
        (12, 40, "30 %"),
        (1, 3, "33 %"),
        (999, 1000, "99 %"),
        (40, 40, "100 %"),
        (50, 40, "125 %"),
        (3, 0, "–"),
        (None, 4, ""),
    ],
)
def test_shares_never_round_to_nothing_nor_to_everything(part, whole, text):
    assert spaced(formats.percent(part, whole)) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 3), "mardi 3 mars 2026"),
        (date(2026, 8, 1), "samedi 1er août 2026"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "vendredi 1er janvier 2027"),
        (None, ""),
    ],
)
def test_long_dates_name_the_day_as_it_is_in_france(day, text):
    assert spaced(formats.longdate(day)) == text


def test_short_dates_leave_the_day_of_the_week_out():
    assert spaced(formats.shortdate(date(2026, 3, 3))) == "3 mars 2026"
    assert formats.shortdate(None) == ""


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 3, 13, 5, tzinfo=UTC), "3 mars 2026 à 14 h 05"),
        (datetime(2026, 7, 3, 7, 0, tzinfo=UTC), "3 juillet 2026 à 9 h"),
        (datetime(2026, 3, 3, 9, 15), "3 mars 2026 à 9 h 15"),
        (None, ""),
    ],
)
def test_moments_are_written_at_the_hour_of_france(moment, text):
    assert spaced(formats.daytime(moment)) == text


def test_midnight_is_an_hour_like_another():
    assert spaced(formats.timeofday(time(0, 0))) == "0 h"
    assert formats.timeofday(None) == ""


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 3, 3), date(2026, 3, 14), "du 3 au 14 mars 2026"),
        (date(2026, 3, 28), date(2026, 4, 1), "du 28 mars au 1er avril 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "du 30 décembre 2025 au 2 janvier 2026"),
        (date(2026, 3, 3), date(2026, 3, 3), "le 3 mars 2026"),
        (date(2026, 3, 3), None, "depuis le 3 mars 2026"),
        (None, date(2026, 3, 3), "jusqu’au 3 mars 2026"),
        (None, None, ""),
    ],
)
def test_a_period_says_each_month_and_year_once(start, end, text):
    assert spaced(formats.daterange(start, end)) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 31), "aujourd’hui"),
        (date(2026, 3, 30), "hier"),
        (date(2026, 4, 1), "demain"),
        (date(2026, 3, 18), "il y a 13 jours"),
        (date(2026, 3, 10), "il y a 3 semaines"),
        (date(2026, 1, 31), "il y a 8 semaines"),
        (date(2025, 3, 31), "il y a 11 mois"),
        (date(2024, 3, 30), "il y a 2 ans"),
        (date(2026, 4, 3), "dans 3 jours"),
        (date(2026, 5, 31), "dans 2 mois"),
        (datetime(2026, 3, 30, 22, 30, tzinfo=UTC), "aujourd’hui"),
        (None, ""),
    ],
)
def test_distance_in_time_is_told_from_the_clock_of_the_house(day, text):
    with clock.at(datetime(2026, 3, 31, 10, tzinfo=UTC)):
        told = formats.ago(day)

    assert spaced(told) == text


def test_codes_are_grouped_by_four_whatever_their_separators():
    assert formats.grouped("AB12CD34E") == "AB12 CD34 E"
    assert formats.grouped("ab12-cd34 e") == "ab12 cd34 e"
    assert formats.grouped(None) == ""


def test_a_siret_shows_its_siren():
    assert spaced(formats.siret("12345678900012")) == "123 456 789 00012"
    assert formats.siret("") == ""


@pytest.mark.parametrize(
    ("count", "forms", "text"),
    [(0, "s", ""), (1, "s", ""), (2, "s", "s"), (1, "al,aux", "al"), (3, "al,aux", "aux"), (None, "s", "")],
)
def test_zero_and_one_are_singular_in_french(count, forms, text):
    assert formats.plural(count, forms) == text


def test_nouns_follow_their_count():
    assert spaced(formats.counted(0, "juré")) == "0 juré"
    assert spaced(formats.counted(4000, "certifié")) == "4 000 certifiés"
    assert spaced(formats.counted(2, "session de jury,sessions de jury")) == "2 sessions de jury"


def test_lists_end_with_et():
    assert formats.joined(["lire", "écrire", "compter"]) == "lire, écrire et compter"
    assert formats.joined(["lire", "écrire"]) == "lire et écrire"
    assert formats.joined(["lire"]) == "lire"
    assert formats.joined([]) == ""


def test_initials_take_the_first_and_the_last_word():
    assert formats.initials("Nadia Le Goff") == "NG"
    assert formats.initials("Élise") == "É"
    assert formats.initials("") == ""


def test_templates_know_every_format_by_its_name():
    engine = Engine(libraries={"french": "core.templatetags.french"}, builtins=["core.templatetags.french"])

    page = engine.from_string("{{ 750|hours }} · {{ 12|percent:40 }} · {{ 3|counted:'juré' }}")

    assert spaced(page.render(Context())) == "12 h 30 · 30 % · 3 jurés"
    assert set(french.register.filters) >= {
        "hours",
        "number",
        "percent",
        "longdate",
        "shortdate",
        "daytime",
        "ago",
    }
