"""Two people at the same instant: one closing, one release, one certificate; in threads, on any database."""

import pytest

from certificates.models import Certificate, RegisterYear
from core.services.journal import broken_links
from juries.enums import ReleaseMode, SessionState
from juries.models import Decision, Minutes
from juries.services.results.decisions import decide
from juries.services.results.minutes import close_deliberation, sign_minutes
from juries.services.results.release import release_results
from tests.juries import builders
from tests.juries.concurrency import at_once, one_passed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.exhaustive
def test_two_closings_at_once_make_one_set_of_minutes():
    session = builders.decided(candidates=2)
    user = builders.president(session).user

    outcomes = at_once(*[lambda: close_deliberation(session=session, by=user)] * 3)

    assert one_passed(outcomes), outcomes
    assert Minutes.objects.count() == 1


@pytest.mark.exhaustive
def test_two_releases_at_once_give_each_candidate_one_certificate():
    minutes = builders.closed(candidates=2, release_mode=ReleaseMode.BY_CERTIFIER)
    builders.sign_all(minutes)
    session = builders.reread(minutes.session)

    outcomes = at_once(*[lambda: release_results(session=session, by=session.planned_by)] * 3)

    assert one_passed(outcomes), outcomes
    assert Certificate.objects.count() == 2
    assert RegisterYear.objects.get().last == 2


def test_the_last_signature_twice_at_once_releases_once():
    minutes = builders.closed(candidates=2)
    other, president = builders.other_juror(minutes.session), builders.president(minutes.session)
    sign_minutes(minutes=minutes, juror=other, by=other.user)

    outcomes = at_once(*[lambda: sign_minutes(minutes=minutes, juror=president, by=president.user)] * 2)

    assert one_passed(outcomes), outcomes
    assert Certificate.objects.count() == 2
    assert list(broken_links()) == []


@pytest.mark.exhaustive
def test_two_sessions_released_at_once_share_the_register_without_a_gap():
    both = []
    for _ in range(2):
        minutes = builders.closed(candidates=2, release_mode=ReleaseMode.BY_CERTIFIER)
        builders.sign_all(minutes)
        both.append(builders.reread(minutes.session))

    acts = [
        lambda session=session: release_results(session=session, by=session.planned_by) for session in both
    ]
    outcomes = at_once(*acts)

    assert outcomes == [None, None]
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]
    assert {builders.reread(session).state for session in both} == {SessionState.RELEASED}


@pytest.mark.exhaustive
def test_two_decisions_at_once_leave_one_in_force():
    session = builders.appraised()
    candidate = session.candidates.get()
    user = builders.president(session).user
    both = {"production_validated": True, "interview_validated": True, "acquired": builders.all_domains()}
    words = {"reason": "Pas encore sûr.", "recommendation": "Revenir."}

    outcomes = at_once(
        lambda: decide(candidate=candidate, outcome="certified", by=user, **both),
        lambda: decide(candidate=candidate, outcome="not_certified", by=user, **words),
    )

    assert outcomes == [None, None]
    assert Decision.objects.in_force().count() == 1
    assert Decision.objects.count() == 2


@pytest.mark.exhaustive
def test_the_same_decision_sent_twice_at_once_is_one_decision():
    session = builders.appraised()
    candidate = session.candidates.get()
    facts = {"production_validated": True, "interview_validated": True, "acquired": builders.all_domains()}
    user = builders.president(session).user

    outcomes = at_once(*[lambda: decide(candidate=candidate, outcome="certified", by=user, **facts)] * 2)

    assert outcomes == [None, None]
    assert Decision.objects.count() == 1
