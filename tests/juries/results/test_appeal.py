"""Appeals: in time, read again by somebody who did not sit, answered with a reason; nothing else is allowed."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import DomainError, StaleState
from juries.enums import APPEAL_MOVES, AppealState
from juries.models import Appeal
from juries.services.results import appeals
from tests.juries import appeal_builders, builders, release_builders
from tests.juries.appeal_builders import GROUNDS

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]

REACHED = {
    AppealState.FILED: appeal_builders.filed,
    AppealState.ASSIGNED: appeal_builders.assigned,
    AppealState.REVIEWED: appeal_builders.reviewed,
    AppealState.UPHELD: appeal_builders.upheld,
    AppealState.REJECTED: appeal_builders.rejected,
    AppealState.INADMISSIBLE: appeal_builders.dismissed,
    AppealState.WITHDRAWN: appeal_builders.withdrawn,
}
ACTS = {
    AppealState.ASSIGNED: lambda appeal: appeals.assign_reviewer(
        appeal=appeal, reviewer=release_builders.reviewer(), by=builders.certifier()
    ),
    AppealState.REVIEWED: lambda appeal: appeals.give_opinion(
        appeal=appeal,
        opinion="Vu.",
        favourable=True,
        by=(appeal.reviewer or release_builders.reviewer()).user,
    ),
    AppealState.UPHELD: appeal_builders.uphold,
    AppealState.REJECTED: lambda appeal: appeals.reject_appeal(
        appeal=appeal, reason="Non.", by=builders.certifier()
    ),
    AppealState.INADMISSIBLE: lambda appeal: appeals.dismiss_appeal(
        appeal=appeal, reason="Non.", by=builders.certifier()
    ),
    AppealState.WITHDRAWN: lambda appeal: appeals.withdraw_appeal(appeal=appeal, by=builders.certifier()),
}


@pytest.fixture(scope="module")
def refused_session(module_db):
    return release_builders.released_refusal(appeal_days=30)


@pytest.fixture
def session(refused_session, db):
    return deepcopy(refused_session)


@pytest.fixture
def filed(session):
    return appeal_builders.filed(session)


@pytest.mark.parametrize("state", AppealState.values)
def test_an_appeal_moves_as_its_table_says_and_in_no_other_way(session, state):
    appeal = REACHED[state](session=session)

    moved = set()
    for target, act in ACTS.items():
        with transaction.atomic():
            try:
                act(appeal_builders.reread(appeal))
                moved.add(target)
            except StaleState:
                assert appeal_builders.reread(appeal).state == state
            transaction.set_rollback(True)

    assert moved == APPEAL_MOVES[state]


def test_every_state_has_its_moves():
    assert set(APPEAL_MOVES) == set(AppealState.values)
    assert {target for moves in APPEAL_MOVES.values() for target in moves} == set(ACTS)


def test_an_appeal_is_filed_until_the_last_day_and_not_after(session):
    candidate, by = session.candidates.get(), release_builders.trainee_of(session)

    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(DomainError) as refusal:
        appeals.file_appeal(candidate=candidate, grounds=GROUNDS, by=by)
    with clock.at(clock.now() + timedelta(days=30)):
        appeals.file_appeal(candidate=candidate, grounds=GROUNDS, by=by)

    last = clock.today() + timedelta(days=30)
    assert "30 jours" in refusal.value.message
    assert str(last.year) in refusal.value.message


def test_a_letter_on_paper_counts_from_the_day_it_came(certifier, session):
    candidate = session.candidates.get()
    last = clock.today() + timedelta(days=30)

    with clock.at(clock.now() + timedelta(days=40)):
        with pytest.raises(DomainError, match="pris fin"):
            appeals.file_appeal(
                candidate=candidate, grounds=GROUNDS, filed_on=last + timedelta(days=1), by=certifier
            )
        appeal = appeals.file_appeal(candidate=candidate, grounds=GROUNDS, filed_on=last, by=certifier)

    assert appeal.on_paper
    assert appeal.filed_on == last


@pytest.mark.parametrize("days", [-1, 1])
def test_an_appeal_is_dated_between_the_decision_and_today(certifier, days, session):
    with pytest.raises(DomainError):
        appeals.file_appeal(
            candidate=session.candidates.get(),
            grounds=GROUNDS,
            filed_on=clock.today() + timedelta(days=days),
            by=certifier,
        )


def test_an_appeal_says_what_is_contested(certifier, session):
    with pytest.raises(DomainError, match="ce qui ne va pas"):
        appeals.file_appeal(candidate=session.candidates.get(), grounds="  ", by=certifier)


def test_nothing_is_contested_before_the_results(certifier):
    session = release_builders.appraised()
    builders.refuse(session.candidates.get())

    with pytest.raises(StaleState, match="résultats publiés"):
        appeals.file_appeal(candidate=session.candidates.get(), grounds=GROUNDS, by=certifier)


def test_a_decision_has_one_open_appeal_in_the_database_too(filed):
    with pytest.raises(StaleState, match="déjà en cours"):
        appeals.file_appeal(candidate=filed.decision.candidate, grounds="Encore.", by=filed.filed_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(
            decision=filed.decision, grounds="Encore.", filed_on=clock.today(), filed_by=filed.filed_by
        )


def test_an_answered_appeal_is_not_filed_again_and_a_withdrawn_one_may_be(session):
    answered, taken_back = appeal_builders.rejected(session=session), appeal_builders.withdrawn()

    with pytest.raises(StaleState, match="déjà reçu sa réponse"):
        appeals.file_appeal(candidate=answered.decision.candidate, grounds="Encore.", by=answered.filed_by)

    again = appeals.file_appeal(
        candidate=taken_back.decision.candidate, grounds="Encore.", by=taken_back.filed_by
    )
    assert again.state == AppealState.FILED


def test_who_sat_in_the_jury_never_reads_its_appeals_again(certifier, session, filed):
    for seat in builders.seats(session):
        with pytest.raises(DomainError, match="a siégé"):
            appeals.assign_reviewer(appeal=filed, reviewer=seat.juror, by=certifier)
        assert seat.juror not in appeals.possible_reviewers(filed)


def test_who_has_a_conflict_with_the_candidate_never_reads_again(certifier, session, filed):
    juror = release_builders.reviewer()
    builders.link(juror, session)

    with pytest.raises(DomainError, match="lien"):
        appeals.assign_reviewer(appeal=filed, reviewer=juror, by=certifier)


def test_who_left_the_pool_never_reads_again(certifier, filed):
    juror = release_builders.reviewer()
    juror.is_active = False
    juror.save()

    with pytest.raises(DomainError, match="vivier"):
        appeals.assign_reviewer(appeal=filed, reviewer=juror, by=certifier)


def test_only_the_reviewer_gives_the_opinion(session):
    appeal = appeal_builders.assigned(session=session)

    with pytest.raises(DomainError, match="confié"):
        appeals.give_opinion(
            appeal=appeal, opinion="Vu.", favourable=True, by=release_builders.reviewer().user
        )


@pytest.mark.parametrize("act", [AppealState.ASSIGNED, AppealState.REJECTED, AppealState.INADMISSIBLE])
def test_only_the_certifier_gives_and_answers(session, act):
    make = appeal_builders.reviewed if act == AppealState.REJECTED else appeal_builders.filed
    appeal = make(session=session)
    by = appeal.filed_by
    calls = {
        AppealState.ASSIGNED: lambda: appeals.assign_reviewer(
            appeal=appeal, reviewer=release_builders.reviewer(), by=by
        ),
        AppealState.REJECTED: lambda: appeals.reject_appeal(appeal=appeal, reason="Non.", by=by),
        AppealState.INADMISSIBLE: lambda: appeals.dismiss_appeal(appeal=appeal, reason="Non.", by=by),
    }

    with pytest.raises(DomainError, match="certificateur"):
        calls[act]()
