"""The day a plan will be done at the present pace, and what a contract that ends before it will lack."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainees.queries.hours.forecast_sentences import advice_of, own_sentence_of, sentence_of
from trainees.rules.hours.forecast import FARTHEST, Forecast, HoursStatus, compute_forecast, recent_window
from trainees.rules.hours.weeks import ImmersionPeriod, Minutes, Span

MONDAY = date(2027, 2, 1)
HOUR = 60
MINUTES = st.builds(Minutes, *[st.integers(0, 9000)] * 3)
SPANS = st.builds(
    lambda start, length: Span(MONDAY + timedelta(start), MONDAY + timedelta(start + length)),
    st.integers(-400, 300),
    st.integers(0, 30),
)
STATUSES = st.builds(
    HoursStatus,
    today=st.just(MONDAY),
    starts_on=st.integers(-500, 20).map(lambda n: MONDAY + timedelta(n)),
    contract_end=st.integers(-30, 500).map(lambda n: MONDAY + timedelta(n)),
    weekly_minutes=st.just(26 * HOUR),
    planned=MINUTES,
    done=MINUTES,
    periods=st.lists(
        st.builds(ImmersionPeriod, SPANS, st.integers(1, 4000), st.none() | st.integers(1, 4000)), max_size=2
    ),
    breaks=st.lists(SPANS, max_size=2),
)


def make_status(**changes) -> HoursStatus:
    """Eleven months of enrolment, 130 h left: 100 h of sessions, and 30 h of immersion not arranged."""
    facts = {
        "today": MONDAY,
        "starts_on": MONDAY - timedelta(weeks=20),
        "contract_end": date(2027, 4, 30),
        "weekly_minutes": 26 * HOUR,
        "planned": Minutes(130 * HOUR, 90 * HOUR, 30 * HOUR),
        "done": Minutes(70 * HOUR, 50 * HOUR, 0),
    }
    return HoursStatus(**facts | changes)


def forecast(weekly_hours: float = 10, **changes) -> Forecast:
    """The forecast of an enrolment that did so many hours of sessions in each of its worked weeks."""
    status = make_status(**changes)
    window = recent_window(status)
    return compute_forecast(status, window, round(weekly_hours * HOUR * window.worked_days / 5))


@given(STATUSES, st.integers(0, 6000))
def test_a_forecast_never_contradicts_itself(status, recent):
    seen = compute_forecast(status, recent_window(status), recent)

    assert 0 <= seen.missing <= seen.left
    assert (seen.left == 0) == all(
        status.done.of(m) >= status.planned.of(m) for m in ("production", "classroom", "immersion")
    )
    assert seen.ready_on is None or MONDAY <= seen.ready_on <= MONDAY + FARTHEST
    if seen.ready_on and seen.left and status.contract_end >= MONDAY:
        assert seen.is_late == (seen.ready_on > status.contract_end)
    assert sentence_of(seen).endswith(".") or not seen.planned
    assert own_sentence_of(seen) or not seen.planned


@given(STATUSES, st.integers(1, 3000), st.integers(1, 3000))
def test_a_faster_pace_never_ends_later(status, recent, more):
    window = recent_window(status)

    slow, fast = compute_forecast(status, window, recent), compute_forecast(status, window, recent + more)

    assert fast.missing <= slow.missing
    if slow.ready_on:
        assert fast.ready_on <= slow.ready_on


def test_the_pace_is_that_of_the_last_eight_weeks():
    seen = forecast(10)

    assert (seen.weekly, seen.window.weeks, seen.window.since) == (600, 8, MONDAY - timedelta(weeks=8))
    assert seen.ready_on == MONDAY + timedelta(weeks=11)
    assert sentence_of(seen) == (
        "Au rythme des huit dernières semaines (10 h par semaine), les 250 h seront faites vers le "
        "19 avril 2027 ; le contrat finit le 30 avril 2027."
    )


@pytest.mark.parametrize("later", range(7))
@pytest.mark.parametrize("weekday", range(7))
def test_the_pace_of_a_weekly_session_is_the_same_on_every_day_of_the_week(weekday, later):
    status = make_status(today=MONDAY + timedelta(later))
    window = recent_window(status)
    past = Span(window.since, status.today - timedelta(1))
    sessions = sum(day.weekday() == weekday for day in past)

    seen = compute_forecast(status, window, sessions * 4 * HOUR)

    assert (sessions, seen.weekly, seen.window.weeks) == (8, 4 * HOUR, 8)


def test_a_short_break_makes_the_pace_that_of_nine_whole_weeks():
    seen = forecast(10, breaks=[Span(MONDAY - timedelta(days=7), MONDAY - timedelta(days=7))])

    assert (seen.window.since, seen.window.worked_days) == (MONDAY - timedelta(weeks=9), 44)
    assert "Au rythme des neuf dernières semaines travaillées (10\u00a0h par semaine)" in sentence_of(seen)


def test_an_enrollment_that_began_within_the_last_of_the_eight_weeks_is_read_since_its_beginning():
    seen = forecast(10, today=MONDAY + timedelta(5), starts_on=MONDAY - timedelta(weeks=7))

    assert (seen.window.since, seen.window.worked_days) == (MONDAY - timedelta(weeks=7), 40)
    assert sentence_of(seen).startswith("Au rythme tenu depuis le début (10\u00a0h par semaine)")


def test_a_contract_that_ends_first_says_what_will_lack_and_what_to_do():
    seen = forecast(8)

    assert seen.is_late
    assert "le contrat finit le 30 avril 2027 : il manquera 19 h 30." in sentence_of(seen)
    assert advice_of(seen)[0] == (
        "Pour finir à temps, il faut 8 h 30 de séances par semaine jusqu’au 30 avril 2027, 30 min de plus qu’à "
        "présent."
    )
    assert advice_of(seen)[1].startswith("Sinon, un CDDI peut être prolongé")
    assert "j’en parle avec mon équipe" in own_sentence_of(seen)


def test_more_hours_than_the_contract_holds_are_not_asked_for():
    seen = forecast(8, contract_end=MONDAY + timedelta(weeks=3))

    assert advice_of(seen)[0].startswith(
        "Les heures qui restent ne tiennent plus dans ce contrat. Mais un CDDI"
    )


def test_breaks_and_immersions_are_not_weeks_without_hours():
    pause = Span(MONDAY - timedelta(weeks=4), MONDAY - timedelta(weeks=2, days=1))
    there = ImmersionPeriod(
        Span(MONDAY - timedelta(weeks=1), MONDAY - timedelta(days=1)), 35 * HOUR, 35 * HOUR
    )

    window = recent_window(make_status(breaks=[pause], periods=[there]))

    assert window.since == MONDAY - timedelta(weeks=11)
    assert "semaines travaillées" in sentence_of(forecast(10, breaks=[pause]))


def test_an_immersion_of_half_days_leaves_the_other_half_to_sessions():
    there = ImmersionPeriod(
        Span(MONDAY - timedelta(weeks=2), MONDAY - timedelta(days=1)), 35 * HOUR, 35 * HOUR
    )

    window = recent_window(make_status(periods=[there]))

    assert window.since == MONDAY - timedelta(weeks=9)


def test_a_young_enrollment_is_read_since_its_beginning():
    seen = forecast(10, starts_on=MONDAY - timedelta(weeks=5))

    assert seen.window.weeks == 5
    assert sentence_of(seen).startswith("Au rythme tenu depuis le début (10 h par semaine)")


@pytest.mark.parametrize(
    ("weeks", "done", "is_told"), [(1, 20, False), (2, 20, True), (3, 10, False), (4, 10, True)]
)
def test_too_little_behind_tells_nothing(weeks, done, is_told):
    seen = forecast(10, starts_on=MONDAY - timedelta(weeks=weeks), done=Minutes(done * HOUR, 0, 0))

    assert (seen.ready_on is not None) == is_told
    assert ("Il est trop tôt" in sentence_of(seen)) != is_told
    assert not seen.is_late or is_told


def test_weeks_without_hours_are_told_as_such():
    seen = forecast(0)

    assert (seen.ready_on, seen.is_stalled) == (None, True)
    assert sentence_of(seen) == (
        "Aucune séance n’a donné d’heures en huit semaines : il reste 130 h à faire ; le contrat finit le "
        "30 avril 2027."
    )


def test_a_pace_that_would_take_years_gives_no_date():
    seen = forecast(0.5)

    assert seen.ready_on is None
    assert "ne seront pas faites avant trois ans" in sentence_of(seen)


def test_an_immersion_arranged_later_ends_the_plan():
    there = ImmersionPeriod(Span(date(2027, 4, 19), date(2027, 4, 23)), 30 * HOUR)

    seen = forecast(20, periods=[there])

    assert (seen.ready_on, seen.unplaced) == (date(2027, 4, 23), 0)


def test_when_only_the_immersion_is_left_it_is_said():
    done = Minutes(130 * HOUR, 90 * HOUR, 0)

    assert "Il ne reste que l’immersion : 30 h à prévoir" in sentence_of(forecast(10, done=done))
    there = ImmersionPeriod(Span(date(2027, 4, 19), date(2027, 4, 23)), 30 * HOUR)
    assert "vers le 23 avril 2027" in sentence_of(forecast(0, done=done, periods=[there]))


def test_a_break_under_way_is_told_as_a_condition():
    seen = forecast(10, breaks=[Span(MONDAY - timedelta(days=7), MONDAY)])

    assert sentence_of(seen).startswith(
        "Si le parcours reprenait demain au rythme des huit dernières semaines"
    )
    assert "seraient faites" in sentence_of(seen)
    assert own_sentence_of(seen) == "J’ai fait 120 h. Il me reste 130 h à faire."


def test_a_plan_done_needs_no_date():
    seen = forecast(10, done=Minutes(130 * HOUR, 95 * HOUR, 30 * HOUR))

    assert (seen.is_done, seen.is_late) == (True, False)
    assert sentence_of(seen) == "Les 250 h du plan sont faites ; le contrat finit le 30 avril 2027."
    assert own_sentence_of(seen) == "J’ai fait toutes mes heures."


def test_hours_of_one_modality_do_not_pay_for_another():
    seen = forecast(10, done=Minutes(220 * HOUR, 0, 30 * HOUR))

    assert (seen.left, seen.is_done) == (90 * HOUR, False)


def test_a_contract_already_over_is_told_as_past():
    seen = forecast(10, contract_end=MONDAY - timedelta(days=3))

    assert "le contrat a fini le 29 janvier 2027 : il manque 130 h" in sentence_of(seen)
    assert advice_of(seen)[0].startswith("Le contrat est fini")


def test_without_a_plan_nothing_is_foreseen():
    seen = forecast(10, planned=None)

    assert (seen.ready_on, seen.is_late, sentence_of(seen), advice_of(seen)) == (None, False, "", [])
