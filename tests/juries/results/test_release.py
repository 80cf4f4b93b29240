"""From the last signature to the register: what a release does, once."""

from copy import deepcopy

import pytest

from certificates.models import Certificate
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from juries.enums import LetterKind, Outcome, ReleaseMode, SessionState
from juries.models import Letter
from juries.services.results.minutes import sign_minutes
from juries.services.results.release import release_results
from juries.services.results.reversal import reverse_decision
from structures.enums import Role
from tests.factories import MembershipFactory
from tests.juries import appeal_builders, builders
from trainees.enums import EnrollmentState, EnrollmentStep

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def appraised_session(module_db):
    return builders.appraised()


@pytest.fixture
def appraised(appraised_session, db):
    return deepcopy(appraised_session)


@pytest.fixture
def minutes(appraised):
    """The candidate is certified."""
    builders.certify(appraised.candidates.get())
    return builders.close_deliberation(session=appraised, by=builders.president(appraised).user)


@pytest.fixture
def released(minutes):
    builders.sign_all(minutes)
    return builders.reread(minutes.session)


def test_the_last_signature_releases_the_results_at_once():
    session = builders.released(candidates=2)

    assert session.state == SessionState.RELEASED
    assert session.released_by == builders.president(session).user
    assert Certificate.objects.count() == 2


def test_certificates_are_numbered_in_the_order_of_the_day():
    session = builders.released(candidates=3)

    in_order = session.candidates.order_by("production_at").values_list(
        "enrollment__trainee__birth_name", flat=True
    )
    numbered = Certificate.objects.order_by("sequence").values_list("birth_name", flat=True)
    assert list(numbered) == list(in_order)


def test_a_certified_candidate_reaches_the_end_of_the_enrollment(released):
    enrollment = released.candidates.get().enrollment
    assert enrollment.state == EnrollmentState.COMPLETED
    assert enrollment.step == EnrollmentStep.CERTIFICATE
    assert enrollment.completed_on == released.held_on
    assert not released.candidates.get().is_open


def test_a_candidate_who_is_not_certified_may_prepare_another_attempt(appraised):
    candidate = appraised.candidates.get()
    builders.refuse(candidate)
    minutes = builders.close_deliberation(session=appraised, by=builders.president(appraised).user)

    builders.sign_all(minutes)

    candidate.refresh_from_db()
    assert candidate.enrollment.state == EnrollmentState.ACTIVE
    assert candidate.enrollment.step == EnrollmentStep.DOSSIER
    assert not candidate.is_open
    assert not Certificate.objects.exists()


def test_the_results_wait_for_the_certifier_where_the_rules_say_so():
    minutes = builders.closed(release_mode=ReleaseMode.BY_CERTIFIER)
    builders.sign_all(minutes)
    before = builders.reread(minutes.session)

    release_results(session=before, by=before.planned_by)

    assert before.state == SessionState.DELIBERATED
    assert builders.reread(before).state == SessionState.RELEASED
    assert Certificate.objects.count() == 1


def test_a_release_waits_for_every_signature(minutes):
    with pytest.raises(DomainError, match="attend la signature"):
        release_results(session=minutes.session, by=minutes.session.planned_by)

    assert not Certificate.objects.exists()


def test_a_second_release_is_refused_and_doubles_nothing(released):
    with pytest.raises(StaleState, match="résultats publiés"):
        release_results(session=released, by=released.planned_by)

    assert Certificate.objects.count() == 1


def test_only_the_certifier_releases_by_hand():
    minutes = builders.closed(release_mode=ReleaseMode.BY_CERTIFIER)
    builders.sign_all(minutes)

    with pytest.raises(DomainError, match="certificateur"):
        release_results(session=minutes.session, by=builders.president(minutes.session).user)


def test_a_signature_stands_when_a_certificate_is_refused(certifier, minutes):
    trainee = minutes.session.candidates.get().enrollment.trainee
    trainee.birth_place = ""
    trainee.save()

    builders.sign_all(minutes)

    session = builders.reread(minutes.session)
    assert minutes.signatures.count() == 2
    assert session.state == SessionState.DELIBERATED
    trainee.birth_place = "Sète"
    trainee.save()
    release_results(session=session, by=certifier)
    assert Certificate.objects.count() == 1


def test_the_directors_receive_a_way_to_the_results_and_never_the_results(run_work, mailoutbox, appraised):
    enrollment = appraised.candidates.get().enrollment
    director = MembershipFactory(structure=enrollment.structure, role=Role.DIRECTOR).user
    builders.certify(appraised.candidates.get())
    minutes = builders.close_deliberation(session=appraised, by=builders.president(appraised).user)

    builders.sign_all(minutes)
    for letter in Letter.objects.filter(kind=LetterKind.RESULTS):
        builders.send(letter)

    (message,) = [mail for mail in mailoutbox if "résultats" in mail.subject]
    assert message.to == [director.email]
    assert f"/salaries/{enrollment.pk}/" in message.body
    assert "certifié" not in message.body


def test_a_reversal_closes_the_decision_and_revokes_the_certificate(certifier, released):
    decision = released.candidates.get().decisions.in_force().get()

    after = reverse_decision(
        appeal=appeal_builders.accepted(decision),
        outcome=Outcome.NOT_CERTIFIED,
        reason="Le dossier était celui d’une autre personne.",
        recommendation="Se représenter.",
        closed_reason="Recours du 3 mars",
        by=certifier,
    )

    decision.refresh_from_db()
    assert decision.closed_reason == "Recours du 3 mars"
    enrollment = released.candidates.get().enrollment
    assert after.outcome == Outcome.NOT_CERTIFIED
    assert enrollment.step == EnrollmentStep.DOSSIER
    assert enrollment.state == EnrollmentState.ACTIVE
    assert not Certificate.objects.valid().exists()


def test_a_reversal_may_bring_a_certificate(certifier, appraised):
    builders.refuse(appraised.candidates.get())
    builders.sign_all(builders.close_deliberation(session=appraised, by=builders.president(appraised).user))
    decision = appraised.candidates.get().decisions.in_force().get()

    reverse_decision(
        appeal=appeal_builders.accepted(decision),
        outcome=Outcome.CERTIFIED,
        production_validated=True,
        interview_validated=True,
        acquired=builders.all_domains(),
        closed_reason="Recours accepté",
        by=certifier,
    )

    assert Certificate.objects.valid().count() == 1
    assert appraised.candidates.get().enrollment.state == EnrollmentState.COMPLETED


def test_a_reversal_without_a_reason_is_refused(certifier, released):
    decision = released.candidates.get().decisions.in_force().get()

    with pytest.raises(DomainError, match="pourquoi"):
        reverse_decision(
            appeal=appeal_builders.accepted(decision),
            outcome=Outcome.ADJOURNED,
            closed_reason=" ",
            by=certifier,
        )

    assert Certificate.objects.valid().count() == 1


def test_the_journal_tells_the_release_with_its_numbers(released):
    line = JournalEntry.objects.about(released.pk).filter(action="juries.session.released").get()
    assert line.data["certificates"] == [Certificate.objects.get().number]


def test_nobody_signs_twice(minutes):
    juror = builders.other_juror(minutes.session)
    sign_minutes(minutes=minutes, juror=juror, by=juror.user)

    with pytest.raises(StaleState, match="déjà signé"):
        sign_minutes(minutes=minutes, juror=juror, by=juror.user)
