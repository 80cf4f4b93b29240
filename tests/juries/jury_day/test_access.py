"""The ways in of the day: who has one, what it opens, and when it is over."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from juries.enums import AccessKind, SessionState
from juries.models import DayAccess, JurySession
from juries.models.jury_day.access import end_of, start_of
from juries.rules.access_codes import LENGTH, SIGNS, fingerprint_of, new_code, typed_code
from juries.services.jury_day.access import (
    accesses_by_juror,
    enter_by_code,
    enter_by_link,
    find_link,
    live_login,
    make_links,
    request_code,
    revoke_access,
)
from tests.juries import builders
from tests.juries.day_access import code_of, link_of

pytestmark = pytest.mark.date_sensitive


@pytest.fixture(scope="module")
def opened_session(module_db):
    return builders.opened()


@pytest.fixture
def session(opened_session, db):
    return deepcopy(opened_session)


@pytest.fixture
def juror(session):
    return builders.other_juror(session)


def test_a_code_reaches_the_juror_of_today_and_lets_them_in_once(session, juror, mailoutbox, run_work):
    request_code(email=juror.user.email.upper())
    run_work()
    code = code_of(mailoutbox)

    access = enter_by_code(email=juror.user.email, code=f" {code.lower()} ")

    assert mailoutbox[-1].to == [juror.user.email]
    assert access.juror == juror
    assert access.session == session
    with pytest.raises(DomainError, match="ne vont pas ensemble"):
        enter_by_code(email=juror.user.email, code=code)


def test_no_secret_is_kept_anywhere(session, juror, mailoutbox, run_work):
    request_code(email=juror.user.email)
    run_work()
    code = typed_code(code_of(mailoutbox))
    secret = link_of(session, juror)

    kept = " ".join(str(row) for row in DayAccess.objects.values_list())
    kept += " ".join(f"{line.summary} {line.reason} {line.data}" for line in JournalEntry.objects.all())

    assert code not in kept
    assert secret not in kept


@pytest.mark.django_db
def test_somebody_else_asks_in_vain_and_nothing_is_written(mailoutbox, run_work):
    later = builders.convened(days=3)

    request_code(email="personne@ailleurs.example")
    request_code(email=builders.president(later).user.email)
    run_work()

    assert not DayAccess.objects.exists()
    assert not any("Votre code" in message.subject for message in mailoutbox)


def test_a_code_asked_by_a_stranger_leaves_the_one_before_valid(session, juror, mailoutbox, run_work):
    request_code(email=juror.user.email)
    run_work()
    received = code_of(mailoutbox)
    request_code(email=juror.user.email)
    run_work()

    assert enter_by_code(email=juror.user.email, code=received)


def test_a_code_used_makes_the_others_void(session, juror, mailoutbox, run_work):
    request_code(email=juror.user.email)
    run_work()
    first = code_of(mailoutbox)
    request_code(email=juror.user.email)
    run_work()
    enter_by_code(email=juror.user.email, code=code_of(mailoutbox))

    with pytest.raises(DomainError):
        enter_by_code(email=juror.user.email, code=first)


def test_six_codes_wait_at_most(session, juror):
    for _ in range(8):
        request_code(email=juror.user.email)

    assert DayAccess.objects.filter(kind=AccessKind.CODE, revoked_at=None).count() == 6


def test_wrong_codes_never_make_the_right_one_void(session, juror, mailoutbox, run_work):
    request_code(email=juror.user.email)
    run_work()
    for _ in range(20):
        with pytest.raises(DomainError, match="ne vont pas ensemble"):
            enter_by_code(email=juror.user.email, code="22222222")

    assert enter_by_code(email=juror.user.email, code=code_of(mailoutbox))


def test_a_link_serves_all_day_on_one_device_at_a_time(session, juror):
    secret = link_of(session, juror)

    first, second = enter_by_link(secret=secret), enter_by_link(secret=secret)

    assert live_login(access_id=first.pk, entry=1, user=juror.user) is None
    assert live_login(access_id=second.pk, entry=2, user=juror.user) == second


def test_a_fresh_link_ends_the_one_before_and_its_login(session, juror):
    old = enter_by_link(secret=link_of(session, juror))

    fresh = link_of(session, juror)

    assert live_login(access_id=old.pk, entry=1, user=juror.user) is None
    assert find_link(secret=fresh)


def test_revoking_ends_the_login_at_once(session, juror):
    secret = link_of(session, juror)
    access = enter_by_link(secret=secret)

    revoke_access(access=access, by=session.planned_by)

    assert live_login(access_id=access.pk, entry=1, user=juror.user) is None
    with pytest.raises(DomainError, match="ne sert plus"):
        enter_by_link(secret=secret)
    with pytest.raises(StaleState, match="déjà retiré"):
        revoke_access(access=access, by=session.planned_by)


def leave_the_seat(session, juror):
    session.seats.filter(juror=juror).update(withdrawn_at=clock.now())


def leave_the_pool(session, juror):
    type(juror).objects.filter(pk=juror.pk).update(is_active=False)


def become_certifier(session, juror):
    type(juror.user).objects.filter(pk=juror.user_id).update(is_certifier=True)


def cancel(session, juror):
    now = {"state": SessionState.CANCELLED, "cancelled_at": clock.now(), "cancelled_reason": "Tempête"}
    JurySession.objects.filter(pk=session.pk).update(**now)


@pytest.mark.parametrize("change", [leave_the_seat, leave_the_pool, become_certifier, cancel])
def test_who_no_longer_sits_is_out_at_once(session, juror, change):
    secret = link_of(session, juror)
    access = enter_by_link(secret=secret)

    change(session, juror)

    assert live_login(access_id=access.pk, entry=1, user=juror.user) is None
    assert find_link(secret=secret) is None


def test_each_step_is_a_line_of_the_journal(session, juror, mailoutbox, run_work):
    request_code(email=juror.user.email)
    run_work()
    enter_by_code(email=juror.user.email, code=code_of(mailoutbox))
    access = enter_by_link(secret=link_of(session, juror))
    revoke_access(access=access, by=session.planned_by)

    lines = JournalEntry.objects.about(session.pk).filter(action__startswith="juries.access.")

    assert [line.action.rpartition(".")[2] for line in lines] == ["revoked", "used", "made", "used", "asked"]


@pytest.mark.django_db
def test_no_link_is_made_before_the_convocation_nor_for_a_seat_left():
    planned, convened = builders.planned(), builders.convened()
    left = builders.seats(convened)[1]
    leave_the_seat(convened, left.juror)

    with pytest.raises(StaleState, match="demande une session"):
        make_links(session=planned, seats=builders.seats(planned), by=planned.planned_by)
    with pytest.raises(DomainError, match="n’est plus occupée"):
        make_links(session=convened, seats=[left], by=convened.planned_by)


@pytest.mark.django_db
def test_a_link_printed_the_day_before_waits_for_the_day():
    session = builders.convened(days=1)
    secret = link_of(session, builders.other_juror(session))

    assert find_link(secret=secret) is None
    with clock.at(start_of(session.held_on)):
        assert find_link(secret=secret)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_session_that_moves_to_another_day_leaves_its_links_behind(session, juror, days):
    secret = link_of(session, juror)
    access = enter_by_link(secret=secret)
    moved = session.held_on + timedelta(days=days)
    JurySession.objects.filter(pk=session.pk).update(held_on=moved)

    assert live_login(access_id=access.pk, entry=1, user=juror.user) is None
    assert find_link(secret=secret) is None


def test_the_ways_in_cost_the_same_queries_whatever_the_jurors(session, django_assert_num_queries):
    make_links(session=session, seats=builders.seats(session), by=session.planned_by)

    with django_assert_num_queries(2):
        rows = accesses_by_juror(session)

    assert all(row.link for row in rows)


days = some.dates(date(2024, 1, 1), date(2035, 12, 31))
moments = some.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1), timezones=some.just(UTC))


@given(days, moments)
def test_an_access_opens_on_its_very_day_in_france_and_at_no_other_moment(day, moment):
    session = JurySession(held_on=day, state=SessionState.OPEN)
    access = DayAccess(session=session, kind=AccessKind.LINK, expires_at=end_of(day))

    with clock.at(moment):
        assert access.is_open_at(clock.now()) == (clock.today() == day)


@given(days)
def test_a_day_of_france_lasts_23_to_25_hours_and_the_next_follows_at_once(day):
    assert (
        timedelta(hours=23)
        <= end_of(day).astimezone(UTC) - start_of(day).astimezone(UTC)
        <= timedelta(hours=25)
    )
    assert end_of(day) == start_of(day + timedelta(days=1))


@given(some.booleans(), some.sampled_from(SessionState.values))
def test_a_revoked_or_early_access_opens_nothing(revoked, state):
    noon = datetime(2026, 3, 3, 12, tzinfo=UTC)
    session = JurySession(held_on=noon.date(), state=state)
    access = DayAccess(session=session, revoked_at=noon if revoked else None, expires_at=end_of(noon.date()))

    allowed = {SessionState.CONVENED, SessionState.OPEN, SessionState.DELIBERATED}
    assert access.is_open_at(noon) == (not revoked and state in allowed)


@given(some.text(SIGNS, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_typed_as_one_likes(code):
    assert typed_code(f" {code[:4].lower()}-{code[4:]} ") == code
    assert code not in fingerprint_of(code)


def test_codes_are_of_the_signs_that_nobody_confuses():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(SIGNS) for code in codes)
