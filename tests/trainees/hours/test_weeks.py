"""The hours week by week: every share whole, every sum exact, the past kept as it was planned."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trainees.enums import Modality
from trainees.rules.hours.weeks import (
    ImmersionPeriod,
    Minutes,
    Plan,
    Span,
    done_days,
    monday_of,
    planned_days,
    share_out,
    week_by_week,
)

MONDAY = date(2026, 9, 7)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
LENGTHS = st.integers(0, 500)
SPANS = st.builds(lambda start, length: Span(start, start + timedelta(length)), DAYS, LENGTHS)
MINUTES = st.builds(Minutes, *[st.integers(1, 15000)] * 3)
PLANS = st.lists(st.builds(Plan, DAYS, MINUTES, SPANS), min_size=1, max_size=4)
TIMETABLES = st.dictionaries(st.integers(0, 6), st.integers(0, 600), max_size=7)
PLACEMENTS = st.lists(
    st.builds(
        ImmersionPeriod,
        st.builds(lambda start, length: Span(start, start + timedelta(length)), DAYS, st.integers(0, 30)),
        st.integers(1, 12000),
        st.none() | st.integers(1, 12000),
        TIMETABLES,
    ),
    max_size=3,
)
BREAKS = st.lists(SPANS, max_size=3)


def plan(hours: tuple[int, int, int], weeks: int, drawn_on: date = MONDAY, starts_on: date = MONDAY) -> Plan:
    last = starts_on + timedelta(weeks=weeks) - timedelta(days=1)
    return Plan(drawn_on, Minutes(*(60 * each for each in hours)), Span(starts_on, last))


def by_week(plans, periods=(), breaks=()) -> list[float]:
    """The hours planned in each week."""
    weeks = week_by_week(planned_days(plans, periods, breaks), done_days([]), breaks)
    return [round(week.planned.total / 60, 1) for week in weeks]


@given(st.integers(0, 100_000), st.lists(st.integers(0, 900), min_size=1).filter(any))
def test_shares_are_whole_never_negative_and_make_the_total(total, weights):
    shares = share_out(total, weights)

    assert sum(shares) == total
    assert min(shares) >= 0
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if not weight)


@given(PLANS, PLACEMENTS, BREAKS)
def test_the_weeks_add_up_to_the_plan_in_force_to_the_minute(plans, periods, breaks):
    last = sorted(plans, key=lambda plan: plan.drawn_on)[-1]

    weeks = week_by_week(planned_days(plans, periods, breaks), done_days([]), breaks)

    assert weeks[-1].planned_so_far == last.minutes
    for modality in Modality:
        each = [week.planned.of(modality) for week in weeks]
        assert sum(each) == last.minutes.of(modality)
        assert min(each) >= 0


@given(PLANS, PLACEMENTS, BREAKS, st.lists(st.tuples(DAYS, st.sampled_from(Modality.values[:2]), LENGTHS)))
def test_what_is_done_adds_up_and_never_goes_back(plans, periods, breaks, attended):
    done = done_days(attended, periods)

    weeks = week_by_week(planned_days(plans, periods, breaks), done, breaks)

    sessions = sum(minutes for _, _, minutes in attended)
    assert weeks[-1].done_so_far.sessions == sessions
    assert weeks[-1].done_so_far.immersion == sum(row.done or 0 for row in periods)
    assert [week.monday for week in weeks] == [
        weeks[0].monday + timedelta(weeks=n) for n in range(len(weeks))
    ]
    for before, after in pairwise(weeks):
        for modality in Modality:
            assert after.done_so_far.of(modality) >= before.done_so_far.of(modality)
            assert after.planned_so_far.of(modality) >= before.planned_so_far.of(modality)


@given(PLANS, MINUTES, SPANS, PLACEMENTS)
def test_a_revision_that_asks_for_more_leaves_the_days_before_it_alone(plans, more, span, periods):
    plans = sorted(plans, key=lambda plan: plan.drawn_on)
    last = plans[-1]
    revised = Plan(last.drawn_on + timedelta(60), last.minutes + more, span)

    before = planned_days(plans)
    after = planned_days([*plans, revised])

    for modality in Modality:
        kept = {day: minutes for day, minutes in before[modality].items() if day < revised.drawn_on}
        assert {d: m for d, m in after[modality].items() if d < revised.drawn_on} == kept


def test_a_plan_is_spread_evenly_over_its_weeks():
    assert by_week([plan((100, 80, 20), 10)]) == [20] * 10


def test_a_plan_that_begins_midweek_gives_its_first_week_fewer_hours():
    weeks = by_week([plan((50, 25, 25), 2, starts_on=MONDAY + timedelta(days=3))])

    assert weeks == [20, 50, 30]


def test_a_break_pushes_its_hours_to_the_weeks_after_it_and_leaves_the_past():
    pause = Span(MONDAY + timedelta(weeks=2), MONDAY + timedelta(weeks=4, days=-1))

    weeks = week_by_week(planned_days([plan((40, 30, 10), 8)], (), [pause]), done_days([]), [pause])

    assert [round(week.planned.total / 60, 1) for week in weeks] == [10, 10, 0, 0, 15, 15, 15, 15]
    assert [week.is_break for week in weeks] == [False, False, True, True, False, False, False, False]


def test_a_revision_counts_from_the_day_it_was_drawn():
    first = plan((40, 30, 10), 8)
    revised = plan((80, 30, 10), 8, drawn_on=MONDAY + timedelta(weeks=4))

    assert by_week([first, revised]) == [10] * 4 + [20] * 4


def test_a_revision_may_give_more_weeks():
    first = plan((40, 30, 10), 8)
    longer = plan((40, 30, 10), 12, drawn_on=MONDAY + timedelta(weeks=4))

    assert by_week([first, longer]) == [10] * 4 + [5] * 8


def test_a_revision_below_what_was_foreseen_takes_the_latest_weeks_back():
    first = plan((40, 30, 10), 8)
    less = plan((10, 5, 5), 8, drawn_on=MONDAY + timedelta(weeks=4))

    assert by_week([first, less]) == [10, 7.5, 1.2, 1.2]


def test_a_plan_revised_after_its_last_day_falls_on_the_day_it_was_drawn():
    late = plan((50, 30, 10), 8, drawn_on=MONDAY + timedelta(weeks=10))

    assert by_week([plan((40, 30, 10), 8), late]) == [10] * 8 + [0, 0, 10]


def test_immersion_stands_in_the_weeks_of_the_immersions_arranged():
    there = ImmersionPeriod(Span(MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=1, days=4)), 35 * 60)

    days = planned_days([plan((40, 40, 35), 4)], [there])

    assert {monday_of(day) for day in days[Modality.IMMERSION]} == {MONDAY + timedelta(weeks=1)}


def test_immersion_that_no_period_covers_is_spread_as_the_rest():
    there = ImmersionPeriod(Span(MONDAY, MONDAY + timedelta(days=4)), 30 * 60)

    assert by_week([plan((4, 4, 50), 4)], [there]) == [37, 7, 7, 7]


def test_an_immersion_follows_its_timetable():
    tuesdays = ImmersionPeriod(Span(MONDAY, MONDAY + timedelta(days=27)), 2000, 1600, {1: 480})

    done = done_days([], [tuesdays])[Modality.IMMERSION]

    assert done == {MONDAY + timedelta(days=1, weeks=n): 400 for n in range(4)}


def test_a_weekend_or_a_break_as_long_as_the_plan_still_holds_its_hours():
    saturday = MONDAY + timedelta(days=5)
    weekend = Plan(MONDAY, Minutes(600, 60, 60), Span(saturday, saturday + timedelta(days=1)))

    assert by_week([weekend]) == [12]
    assert by_week([plan((2, 2, 1), 1)], (), [Span(MONDAY, MONDAY + timedelta(days=30))]) == [5]


def test_nothing_planned_and_nothing_done_make_no_week():
    assert week_by_week(planned_days([]), done_days([]), until=MONDAY) == []


def test_hours_without_a_plan_make_weeks_up_to_today():
    done = done_days([(MONDAY, "production", 180), (MONDAY + timedelta(days=8), "classroom", 60)])

    weeks = week_by_week(planned_days([]), done, until=MONDAY + timedelta(weeks=3))

    assert [week.done.total for week in weeks] == [180, 60, 0, 0]
    assert weeks[-1].done_so_far == Minutes(180, 60, 0)
