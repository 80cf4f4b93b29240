"""The hours of each day: read as people write them, added up over the dates, held by the law."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from trainees.models import Enrollment, Immersion, Trainee
from trainees.rules.immersions import (
    holidays_of_presence,
    in_words,
    minutes_between,
    minutes_of_day,
    read_slots,
    schedule_fault,
    schedule_in_words,
    typed,
)
from trainees.services.immersions.warnings import immersion_warnings
from trainees.services.immersions.worktime import ADULT, check_work_time, most_minutes

DAY = [["08:00", "12:00"], ["13:00", "16:00"]]
WEEK = {str(day): DAY for day in range(5)}
NBSP = "\u00a0"


@st.composite
def slots(draw):
    edges = sorted(draw(st.sets(st.integers(0, 1439), min_size=4, max_size=4)))
    words = [f"{edge // 60:02d}:{edge % 60:02d}" for edge in edges]
    return draw(st.sampled_from([[words[:2]], [words[:2], words[2:]]]))


def immersion(schedule: dict, *, minutes: int = 60, born: date = date(1990, 5, 17), weekly=26, **changes):
    enrollment = Enrollment(
        contract_start=date(2026, 1, 1),
        contract_end=date(2026, 12, 31),
        weekly_hours=weekly,
        trainee=Trainee(birth_date=born),
    )
    facts = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 15), "planned_minutes": minutes}
    return Immersion(enrollment=enrollment, schedule=schedule, **facts | changes)


@pytest.mark.parametrize("text", [
    "8:00–12:00 / 13:00–16:00", "8h-12h et 13h-16h", "8-12 13-16", "08:00-12:00, 13:00-16:00",
    "8 h à 12 h puis 13 h à 16 h", " 8H00 — 12H00 ; 13:00-16h ",
])  # fmt: skip
def test_a_day_is_read_as_people_write_it(text):
    assert read_slots(text) == DAY


@pytest.mark.parametrize(("text", "words"), [
    ("matin", "ne se lisent pas"),
    ("8-12/", "ne se lisent pas"),
    ("8h-12h13h-17h", "ne se lisent pas"),
    ("25:00-26:00", "n’existe pas"),
    ("8:75-9:00", "n’existe pas"),
    ("12-8", "ne se suivent pas"),
    ("8-12 11-17", "ne se suivent pas"),
    ("8-9 10-11 12-13", "deux plages"),
    ("🕗", "ne se lisent pas"),
    ("8\x00-12", "ne se lisent pas"),
])  # fmt: skip
def test_what_cannot_be_read_says_why(text, words):
    with pytest.raises(ValueError, match=words):
        read_slots(text)


@given(slots())
def test_what_a_form_shows_is_read_again_the_same(day):
    assert read_slots(typed(day)) == day
    assert schedule_fault({"0": day}) == ""


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(1, 31),
    st.dictionaries(st.sampled_from("0123456"), slots()),
)
def test_the_total_is_the_sum_of_each_day(starts_on, days, schedule):
    period = [starts_on + timedelta(days=n) for n in range(days)]
    expected = sum(minutes_of_day(schedule.get(str(day.weekday()), [])) for day in period)

    assert minutes_between(schedule, starts_on, period[-1], holidays=True) == expected
    assert minutes_between(schedule, starts_on, period[-1]) <= expected


@pytest.mark.parametrize("broken", [
    {"7": DAY}, {"0": []}, {"0": [["8", "12"]]}, {"0": [["08:00"]]}, {"0": "x"}, [], {"0": [["24:00", "25:00"]]},
])  # fmt: skip
def test_a_schedule_of_another_shape_is_refused(broken):
    assert schedule_fault(broken)


def test_the_holidays_of_easter_are_known():
    spring = holidays_of_presence({str(day): DAY for day in range(7)}, date(2026, 4, 1), date(2026, 5, 31))

    assert spring == [
        date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25)
    ]  # fmt: skip


def test_days_with_the_same_hours_are_said_together():
    week = {"0": DAY, "1": DAY, "2": DAY, "4": [["08:00", "12:00"]], "5": [["08:00", "12:00"]]}

    assert [line.replace(NBSP, " ") for line in schedule_in_words(week)] == [
        "du lundi au mercredi, de 8 h à 12 h et de 13 h à 16 h",
        "le vendredi et le samedi, de 8 h à 12 h",
    ]


def test_a_day_is_said_in_words():
    assert in_words(DAY) == f"de 8{NBSP}h à 12{NBSP}h et de 13{NBSP}h à 16{NBSP}h"


@pytest.mark.parametrize(("schedule", "words"), [
    ({"0": [["07:00", "12:30"], ["13:00", "17:31"]]}, "une journée ne dépasse pas 10 heures"),
    ({str(day): [["08:00", "16:10"]] for day in range(6)}, "elle ne dépasse pas 48 heures"),
    ({str(day): [["08:00", "12:00"]] for day in range(7)}, "sept jours par semaine"),
    ({"0": [["14:00", "22:00"]], "1": [["08:00", "12:00"]]}, "entre le lundi et le mardi"),
    ({"6": [["14:00", "22:00"]], "0": [["08:00", "12:00"]]}, "entre le dimanche et le lundi"),
])  # fmt: skip
def test_a_schedule_beyond_the_law_is_refused(schedule, words):
    with pytest.raises(DomainError, match=f"(?i){words}"):
        check_work_time(immersion(schedule))


def test_the_longest_lawful_schedule_is_accepted():
    check_work_time(immersion({str(day): [["08:00", "13:00"], ["14:00", "19:00"]] for day in range(4)}))
    check_work_time(immersion({str(day): [["08:00", "16:00"]] for day in range(6)}))
    check_work_time(immersion({"0": [["13:00", "21:00"]], "1": [["08:00", "12:00"]]}))


def test_before_18_years_days_and_weeks_are_shorter():
    nine_hours = {"0": [["08:00", "12:00"], ["13:00", "18:00"]]}

    check_work_time(immersion(nine_hours))
    with pytest.raises(DomainError, match="8 heures"):
        check_work_time(immersion(nine_hours, born=date(2009, 1, 1)))
    with pytest.raises(DomainError, match="35 heures"):
        check_work_time(
            immersion({str(day): [["08:00", "16:00"]] for day in range(5)}, born=date(2009, 1, 1))
        )


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(1, 31))
def test_hours_without_a_schedule_stay_under_what_the_weeks_can_hold(starts_on, days):
    ends_on = starts_on + timedelta(days=days - 1)
    most = most_minutes(starts_on, ends_on, ADULT)

    check_work_time(immersion({}, minutes=most, starts_on=starts_on, ends_on=ends_on))
    with pytest.raises(DomainError, match="c’est trop"):
        check_work_time(immersion({}, minutes=most + 1, starts_on=starts_on, ends_on=ends_on))
    assert most <= min(days, 31) * 600
    assert all(
        most_minutes(starts_on, one, ADULT) <= most_minutes(starts_on, two, ADULT)
        for one, two in pairwise(starts_on + timedelta(days=n) for n in range(days))
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("schedule", "words"), [
    ({"6": DAY}, "dimanche"),
    ({str(day): [["08:00", "12:00"], ["13:00", "16:12"]] for day in range(5)}, "durée légale de 35 heures"),
    ({str(day): [["08:00", "12:00"], ["13:00", "15:00"]] for day in range(5)}, "du contrat"),
    ({"0": [["08:00", "14:30"]]}, "pause de 20 minutes"),
    ({"0": [["08:00", "12:00"], ["12:10", "15:00"]]}, "pause de 20 minutes"),
    ({"0": [["05:00", "09:00"]]}, "de nuit"),
    ({"0": [["18:00", "22:00"]]}, "de nuit"),
])  # fmt: skip
def test_what_deserves_a_look_is_told(schedule, words, enrollment):
    period = immersion(schedule, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 6))
    period.enrollment = enrollment

    assert [line for line in immersion_warnings(period) if words in line]


@pytest.mark.django_db
def test_a_usual_week_is_told_nothing(enrollment):
    week = {str(day): [["08:00", "12:00"]] for day in range(5)}
    period = immersion(week, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 6))
    period.enrollment = enrollment

    assert immersion_warnings(period) == []
