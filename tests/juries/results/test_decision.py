"""The collective decision: who records it, when, and what holds together."""

from copy import deepcopy

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import DomainError
from juries.enums import College, Outcome
from juries.models import Decision
from juries.services.sessions import record_presence
from tests.juries import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def appraised_session(module_db):
    return builders.appraised()


@pytest.fixture
def session(appraised_session, db):
    return deepcopy(appraised_session)


@pytest.fixture
def candidate(session):
    return session.candidates.get()


def test_a_certified_candidate_has_both_tests_and_every_domain(candidate):
    decision = builders.certify(candidate)

    assert decision.outcome == Outcome.CERTIFIED
    assert all(row.acquired for row in decision.domains.all())
    assert decision.domains.count() == 2


@pytest.mark.parametrize("test", ["production_validated", "interview_validated"])
def test_nobody_is_certified_without_both_tests(candidate, test):
    with pytest.raises(DomainError, match="tous deux validés"):
        builders.certify(candidate, **{test: False})

    assert not Decision.objects.exists()


def test_nobody_is_certified_without_every_domain(candidate):
    with pytest.raises(DomainError, match="tous les domaines"):
        builders.certify(candidate, acquired={min(builders.all_domains())})


def test_a_partial_certification_names_some_domains_and_not_all(candidate):
    with pytest.raises(DomainError, match="au moins un domaine"):
        builders.refuse(candidate, Outcome.PARTIAL)
    with pytest.raises(DomainError, match="Tous les domaines"):
        builders.refuse(candidate, Outcome.PARTIAL, acquired=builders.all_domains())

    decision = builders.refuse(candidate, Outcome.PARTIAL, acquired={min(builders.all_domains())})

    assert [row.acquired for row in decision.domains.all()] == [True, False]


def test_domains_acquired_are_never_lost_in_a_refusal(candidate):
    with pytest.raises(DomainError, match="certification partielle"):
        builders.refuse(candidate, acquired={min(builders.all_domains())})


def test_a_domain_of_another_framework_is_refused(candidate):
    with pytest.raises(DomainError, match="référentiel de ce candidat"):
        builders.refuse(candidate, Outcome.PARTIAL, acquired={0})


@pytest.mark.parametrize("missing", ["reason", "recommendation"])
@pytest.mark.parametrize("outcome", [Outcome.NOT_CERTIFIED, Outcome.ADJOURNED])
def test_a_refusal_has_a_reason_and_a_recommendation(candidate, outcome, missing):
    with pytest.raises(DomainError, match="motif et une recommandation"):
        builders.refuse(candidate, outcome, **{missing: " "})


@pytest.mark.parametrize(("field", "name"), [("reason", "Le motif"), ("recommendation", "La recommandation")])
def test_what_explains_a_decision_is_kept_whole_or_refused(candidate, field, name):
    with pytest.raises(DomainError, match=rf"{name} compte 2\s001 caractères, 1 de trop"):
        builders.refuse(candidate, **{field: "é" * 2001})

    assert getattr(builders.refuse(candidate, **{field: "é" * 2000}), field) == "é" * 2000


def test_an_outcome_that_does_not_exist_is_refused(candidate):
    with pytest.raises(DomainError, match="n’existe pas"):
        builders.certify(candidate, outcome="perfect")


def test_only_the_president_decides(session, candidate):
    with pytest.raises(DomainError, match="lui revient"):
        builders.certify(candidate, by=builders.other_juror(session).user)
    with pytest.raises(DomainError, match="lui revient"):
        builders.certify(candidate, by=session.planned_by)


def test_a_president_who_is_not_there_decides_nothing():
    session = builders.opened(present=False)

    with pytest.raises(DomainError, match="pas notée présente"):
        builders.certify(session.candidates.get())


def test_without_the_quorum_nothing_is_decided(session, candidate):
    _only_the_president(session)

    with pytest.raises(DomainError, match="Le quorum est de"):
        builders.certify(candidate)


def test_without_both_colleges_nothing_is_decided(session, candidate):
    juror = builders.other_juror(session)
    juror.college = College.EMPLOYER
    juror.save()

    with pytest.raises(DomainError, match="n’est pas là"):
        builders.certify(candidate)


def test_the_decision_comes_after_every_appraisal():
    session = builders.opened()
    candidate = session.candidates.get()
    builders.appraise(candidate, session.seats.get(is_president=True))

    with pytest.raises(DomainError, match=str(builders.other_juror(session))):
        builders.certify(candidate)


def test_an_adjourned_candidate_needs_no_appraisal():
    session = builders.opened()

    decision = builders.refuse(session.candidates.get(), Outcome.ADJOURNED)

    assert decision.outcome == Outcome.ADJOURNED


def test_nothing_is_acquired_by_a_candidate_who_was_not_heard(candidate):
    with pytest.raises(DomainError, match="n’est pas jugé"):
        builders.refuse(candidate, Outcome.ADJOURNED, interview_validated=True)


def test_absence_is_what_the_roll_call_says():
    session = builders.opened()
    candidate = session.candidates.get()
    with pytest.raises(DomainError, match="corrigez d’abord l’appel"):
        builders.refuse(candidate, Outcome.ABSENT)
    record_presence(
        session=session,
        jurors_present=[seat.juror for seat in builders.seats(session)],
        candidates_absent=[candidate],
        by=session.planned_by,
    )

    with pytest.raises(DomainError, match="noté absent"):
        builders.certify(candidate)

    assert builders.refuse(candidate, Outcome.ABSENT).outcome == Outcome.ABSENT


def test_a_decision_is_changed_beside_the_first_and_never_over_it(candidate):
    first = builders.refuse(candidate)

    second = builders.certify(candidate)

    first.refresh_from_db()
    assert first.outcome == Outcome.NOT_CERTIFIED
    assert first.closed_by == second.decided_by
    assert candidate.decisions.in_force().get() == second


def test_the_same_decision_sent_twice_is_one_decision(candidate):
    first = builders.certify(candidate)

    second = builders.certify(candidate)

    assert second == first
    assert candidate.decisions.count() == 1


def test_the_casting_vote_is_written_as_such(candidate):
    assert builders.certify(candidate, casting_vote=True).casting_vote


# the pages


def test_the_president_records_the_decision_on_its_page(client, session, candidate):
    client.force_login(builders.president(session).user)
    url = reverse("juries:decide", args=[candidate.pk])

    response = client.post(
        url,
        {
            "outcome": "certified",
            "production_validated": "on",
            "interview_validated": "on",
            "acquired": list(builders.all_domains()),
        },
    )

    assert response.url == reverse("juries:deliberation", args=[session.pk])
    assert candidate.decisions.get().outcome == Outcome.CERTIFIED


def test_a_refused_decision_keeps_what_was_typed(client, session, candidate):
    client.force_login(builders.president(session).user)

    response = client.post(
        reverse("juries:decide", args=[candidate.pk]),
        {"outcome": "not_certified", "reason": "Gestes encore hésitants"},
    )

    assert response.status_code == 422
    assert "Gestes encore hésitants" in response.content.decode()
    assert "motif et une recommandation" in response.content.decode()


def test_disagreements_are_marked_in_words_and_by_a_shape(client):
    session = builders.opened()
    candidate = session.candidates.get()
    for rank, seat in zip((1, 4), builders.seats(session), strict=True):
        builders.appraise(candidate, seat, rank=rank, validated=rank == 4)
    client.force_login(builders.president(session).user)

    page = client.get(reverse("juries:deliberation", args=[session.pk])).content.decode()

    assert page.count("Désaccord") == 4
    assert 'class="is-different"' in page


def test_the_deliberation_hides_what_i_may_not_see_yet(client):
    session = builders.opened()
    builders.appraise(session.candidates.get(), session.seats.get(is_president=False))
    client.force_login(builders.president(session).user)

    page = client.get(reverse("juries:deliberation", args=[session.pk])).content.decode()

    assert "restent cachées" in page
    assert "validée" not in page


def test_the_certifier_reads_the_deliberation_once_closed(client, certifier, session):
    client.force_login(certifier)
    url = reverse("juries:deliberation", args=[session.pk])

    assert client.get(url).status_code == 403


def test_the_database_refuses_two_decisions_in_force(candidate):
    decision = builders.certify(candidate)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            candidate=candidate,
            outcome=Outcome.CERTIFIED,
            production_validated=True,
            interview_validated=True,
            decided_by=decision.decided_by,
        )


def _only_the_president(session):
    record_presence(
        session=session,
        jurors_present=[builders.president(session)],
        candidates_absent=[],
        by=session.planned_by,
    )
