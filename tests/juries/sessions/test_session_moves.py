"""Every state of a session against every act: what SESSION_MOVES does not allow is refused, and nothing moves."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import time

import pytest

from certificates.models import Certificate
from core import clock
from core.errors import DomainError, StaleState
from evaluations.enums import TestKind
from juries.enums import SESSION_MOVES, ReleaseMode, SessionState
from juries.models import JurySession, Letter, Minutes
from juries.services.jury_day.appraisals import save_appraisal
from juries.services.results.minutes import close_deliberation, sign_minutes
from juries.services.results.release import release_results
from juries.services.sessions import (
    add_candidate,
    cancel_session,
    convene,
    eligible_dossiers,
    name_president,
    open_session,
    plan_session,
    record_presence,
    remove_candidate,
    seat_juror,
    set_times,
    withdraw_juror,
)
from tests.database import undone
from tests.factories import JurorFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

BY_HAND = {"release_mode": ReleaseMode.BY_CERTIFIER}


def cancelled():
    session = builders.planned()
    cancel_session(session=session, reason="Tempête", by=session.planned_by)
    return session


def signed():
    minutes = builders.closed(**BY_HAND)
    builders.sign_all(minutes)
    return minutes.session


SCENES = {
    SessionState.PLANNED: lambda: builders.planned(days=0),
    SessionState.CONVENED: lambda: builders.convened(days=0),
    SessionState.OPEN: builders.decided,
    SessionState.DELIBERATED: signed,
    SessionState.RELEASED: builders.released,
    SessionState.CANCELLED: cancelled,
}

MOVES = {
    SessionState.CONVENED: lambda session: convene(session=session, by=session.planned_by),
    SessionState.OPEN: lambda session: open_session(session=session, by=session.planned_by),
    SessionState.DELIBERATED: lambda session: close_deliberation(
        session=session, by=builders.president(session).user
    ),
    SessionState.RELEASED: lambda session: release_results(session=session, by=session.planned_by),
    SessionState.CANCELLED: lambda session: cancel_session(
        session=session, reason="Grève", by=session.planned_by
    ),
}


def everything() -> tuple[int, int, int]:
    return Letter.objects.count(), Minutes.objects.count(), Certificate.objects.count()


@pytest.fixture(scope="module", params=SCENES)
def before(request):
    return request.param


@pytest.fixture(scope="module")
def made(before, module_db) -> Iterator[JurySession]:
    """The session in that state; pytest plays together the tests of one state, then undoes it."""
    with undone():
        yield builders.reread(SCENES[before]())


@pytest.fixture
def session(made, db):
    return deepcopy(made)


@pytest.mark.parametrize("after", MOVES)
def test_a_session_makes_only_the_moves_of_its_table(session, before, after):
    counted = everything()

    if after in SESSION_MOVES[before]:
        MOVES[after](session)
        assert builders.reread(session).state == after
    else:
        with pytest.raises(StaleState, match="Rechargez la page"):
            MOVES[after](session)
        assert builders.reread(session).state == before
        assert everything() == counted


def seat(session):
    seat_juror(session=session, juror=JurorFactory(), by=session.planned_by)


def withdraw(session):
    withdraw_juror(seat=session.seats.last(), reason="Malade", by=session.planned_by)


def preside(session):
    name_president(seat=session.seats.get(is_president=False), by=session.planned_by)


def add(session):
    add_candidate(session=session, dossier=builders.accepted_dossier(), by=session.planned_by)


def remove(session):
    remove_candidate(candidate=session.candidates.get(), reason="Congé", by=session.planned_by)


def retime(session):
    candidate = session.candidates.get()
    set_times(candidate=candidate, production_at=time(7), interview_at=time(12), by=session.planned_by)


def call(session):
    jurors = [row.juror for row in builders.seats(session)]
    record_presence(session=session, jurors_present=jurors, candidates_absent=[], by=session.planned_by)


def appraise(session):
    juror = builders.president(session)
    save_appraisal(
        candidate=session.candidates.get(),
        juror=juror,
        test=TestKind.PRODUCTION,
        marks={},
        validated=None,
        by=juror.user,
    )


def decide(session):
    builders.certify(session.candidates.get())


def sign(session):
    juror = builders.other_juror(session)
    minutes = Minutes.objects.filter(session=session).first() or Minutes(session=session)
    sign_minutes(minutes=minutes, juror=juror, by=juror.user)


PREPARING = {SessionState.PLANNED, SessionState.CONVENED}
ACTS = {
    seat: PREPARING,
    withdraw: PREPARING,
    preside: PREPARING | {SessionState.OPEN},
    add: PREPARING,
    remove: PREPARING,
    retime: PREPARING,
    call: {SessionState.OPEN},
    decide: {SessionState.OPEN},
    appraise: {SessionState.OPEN},
    sign: {SessionState.DELIBERATED},
}
NOT_DONE_YET = {
    (appraise, SessionState.OPEN): builders.opened,
    (sign, SessionState.DELIBERATED): lambda: builders.closed(**BY_HAND).session,
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_each_act_belongs_to_its_states(session, before, act):
    if (act, before) in NOT_DONE_YET:
        session = builders.reread(NOT_DONE_YET[act, before]())

    if before in ACTS[act]:
        act(session)
    else:
        with pytest.raises(DomainError):
            act(session)
        assert builders.reread(session).state == before


def test_times_for_a_candidate_whom_somebody_has_just_removed_are_refused():
    session = builders.planned()
    candidate = session.candidates.get()
    remove_candidate(candidate=session.candidates.get(), reason="Congé", by=session.planned_by)

    with pytest.raises(StaleState, match="retiré"):
        set_times(candidate=candidate, production_at=time(7), interview_at=time(12), by=session.planned_by)


def test_a_dossier_decided_in_a_session_that_was_then_cancelled_comes_before_another_jury():
    session = builders.appraised()
    builders.refuse(session.candidates.get())
    dossier = session.candidates.get().dossier
    cancel_session(session=session, reason="Quorum perdu", by=session.planned_by)
    another = plan_session(
        held_on=clock.today(), venue="Mairie", postcode="34200", city="Sète", by=session.planned_by
    )

    candidate = add_candidate(session=another, dossier=dossier, by=session.planned_by)

    assert candidate.is_open
    assert dossier not in eligible_dossiers()
