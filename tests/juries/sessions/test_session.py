"""Planning a session, seating jurors, entering candidates: what is accepted, what is refused and why."""

from datetime import time, timedelta

import pytest

from core import clock
from core.errors import DomainError, StaleState
from juries.enums import Outcome
from juries.services.results.minutes import close_deliberation
from juries.services.sessions import (
    add_candidate,
    eligible_dossiers,
    name_president,
    plan_session,
    remove_candidate,
    seat_juror,
    set_times,
    withdraw_juror,
)
from tests.factories import JurorFactory, seal_anyhow
from tests.juries import builders
from trainees.enums import EnrollmentState, EnrollmentStep

pytestmark = pytest.mark.django_db

PLACE = {"venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"}


def test_a_session_knows_its_region_and_the_rules_in_force(certifier):
    rules = builders.rules()

    session = plan_session(held_on=clock.today() + timedelta(days=30), **PLACE, by=certifier)

    assert session.region == "76"
    assert session.rules == rules


def test_a_session_is_not_planned_in_the_past(certifier):
    builders.rules()

    with pytest.raises(DomainError, match="est passé"):
        plan_session(held_on=clock.today() - timedelta(days=1), **PLACE, by=certifier)


def test_a_postcode_of_nowhere_is_refused(certifier):
    builders.rules()

    with pytest.raises(DomainError, match="aucune région"):
        plan_session(held_on=clock.today(), **PLACE | {"postcode": "00000"}, by=certifier)


def test_the_same_session_is_not_planned_twice(certifier):
    builders.rules()
    day = clock.today() + timedelta(days=30)
    plan_session(held_on=day, **PLACE, by=certifier)

    with pytest.raises(StaleState, match="déjà prévue"):
        plan_session(held_on=day, **PLACE | {"venue": " lycée de la mer "}, by=certifier)

    plan_session(held_on=day, **PLACE | {"venue": "Lycée de la Mer, salle 2"}, by=certifier)


def test_there_is_one_president(certifier):
    session = builders.planned()

    with pytest.raises(DomainError, match="préside déjà"):
        seat_juror(session=session, juror=JurorFactory(), is_president=True, by=certifier)


def test_the_presidency_is_handed_over(certifier):
    session = builders.planned()
    before, other = builders.president(session), builders.other_juror(session)

    name_president(seat=session.seats.get(juror=other), by=certifier)

    assert builders.president(session) == other
    assert builders.other_juror(session) == before


def test_a_juror_has_one_seat_and_one_jury_a_day(certifier):
    session, other = builders.planned(), builders.planned()

    with pytest.raises(StaleState, match="siège déjà dans cette session"):
        seat_juror(session=session, juror=builders.other_juror(session), by=certifier)
    with pytest.raises(DomainError, match="ce jour-là"):
        seat_juror(session=session, juror=builders.other_juror(other), by=certifier)


def test_a_juror_out_of_the_pool_gets_no_seat(certifier):
    with pytest.raises(DomainError, match="a quitté le vivier"):
        seat_juror(session=builders.planned(), juror=JurorFactory(is_active=False), by=certifier)


def test_a_juror_who_withdraws_leaves_a_trace_and_may_come_back(certifier):
    session = builders.planned()
    juror = builders.other_juror(session)

    withdraw_juror(seat=session.seats.get(juror=juror), reason="Malade", by=certifier)
    left = session.seats.get(juror=juror)
    seat_juror(session=session, juror=juror, by=certifier)

    assert left.withdrawn_reason == "Malade"
    assert session.seats.active().count() == 2


def test_a_withdrawal_has_a_reason(certifier):
    session = builders.planned()

    with pytest.raises(DomainError, match="pourquoi"):
        withdraw_juror(seat=session.seats.first(), reason="", by=certifier)


def test_the_reason_of_a_withdrawal_is_kept_whole_or_refused(certifier):
    seat = builders.planned().seats.last()
    with pytest.raises(DomainError, match="compte 501 caractères, 1 de trop"):
        withdraw_juror(seat=seat, reason="é" * 501, by=certifier)

    assert withdraw_juror(seat=seat, reason="é" * 500, by=certifier).withdrawn_reason == "é" * 500


def test_only_an_accepted_dossier_comes_to_a_jury(certifier):
    sealed = seal_anyhow(builders.accepted_dossier().enrollment, attempt=2)

    with pytest.raises(DomainError, match="acceptez-le"):
        add_candidate(session=builders.planned(), dossier=sealed, by=certifier)


def test_only_the_latest_attempt_comes_to_a_jury(certifier):
    first = builders.accepted_dossier()
    seal_anyhow(first.enrollment, attempt=2)

    with pytest.raises(StaleState, match="plus récent"):
        add_candidate(session=builders.planned(), dossier=first, by=certifier)


def test_a_candidate_has_one_jury_at_a_time(certifier):
    session = builders.planned()

    with pytest.raises(StaleState, match="déjà candidat"):
        add_candidate(
            session=builders.planned(days=40), dossier=session.candidates.get().dossier, by=certifier
        )


def test_a_suspended_enrollment_does_not_come_to_a_jury(certifier):
    dossier = builders.accepted_dossier(state=EnrollmentState.SUSPENDED)

    with pytest.raises(DomainError, match="doit être en cours"):
        add_candidate(session=builders.planned(), dossier=dossier, by=certifier)


@pytest.mark.parametrize(
    "times", [(8, 16), (16, 13), (10, 10)], ids=["same test", "same interview", "both at once"]
)
def test_nobody_is_expected_twice_at_the_same_time(certifier, times):
    session = builders.planned()

    with pytest.raises(DomainError, match=r"(?i)décalez"):
        add_candidate(
            session=session,
            dossier=builders.accepted_dossier(),
            production_at=time(times[0]),
            interview_at=time(times[1]),
            by=certifier,
        )


def test_times_may_move_until_the_opening(certifier):
    candidate = builders.planned().candidates.get()

    set_times(candidate=candidate, production_at=time(9, 30), interview_at=time(15), by=certifier)

    candidate.refresh_from_db()
    assert candidate.production_at == time(9, 30)


def test_a_candidate_who_is_removed_waits_again(certifier):
    session = builders.planned()
    dossier = session.candidates.get().dossier

    remove_candidate(candidate=session.candidates.get(), reason="Congé", by=certifier)

    assert list(eligible_dossiers()) == [dossier]


@pytest.mark.parametrize(
    ("outcome", "comes_back"), [(Outcome.ADJOURNED, True), (Outcome.NOT_CERTIFIED, False)]
)
def test_a_dossier_comes_back_only_when_it_was_not_judged(outcome, comes_back):
    session = builders.appraised()
    builders.refuse(session.candidates.get(), outcome)
    builders.sign_all(close_deliberation(session=session, by=builders.president(session).user))
    dossier = session.candidates.get().dossier

    if comes_back:
        later = builders.planned(days=60)
        candidate = add_candidate(session=later, dossier=dossier, by=later.planned_by)
        assert candidate.enrollment.step == EnrollmentStep.JURY
    else:
        with pytest.raises(DomainError, match="il en faut un nouveau"):
            add_candidate(session=builders.planned(days=60), dossier=dossier, by=session.planned_by)
