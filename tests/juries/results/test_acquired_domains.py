"""Coming again before a jury: what was acquired and still holds is not judged again, nor taken back."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates.models import Certificate
from core import clock
from core.errors import DomainError
from evaluations.enums import TestKind
from evaluations.models import Framework
from juries.enums import Outcome
from juries.models import DecisionDomain, PartialAttestation
from juries.queries.results.acquired_domains import acquired_domains_by_candidate, acquired_domains_of
from juries.services.jury_day.appraisals import grid_of
from juries.services.results.minutes import close_deliberation
from tests.factories import SupportFactory
from tests.juries import builders, release_builders
from trainees.models import Enrollment

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


def came_back(*numbers: int):
    """Whoever was granted these domains, before a second jury today that has appraised nothing."""
    session = release_builders.released_partial(*numbers)
    return release_builders.back_before_a_jury(session.candidates.get().enrollment, appraised=False)


@pytest.fixture(scope="module")
def granted_one_domain(module_db):
    return came_back(1)


@pytest.fixture
def candidate(granted_one_domain, db):
    return deepcopy(granted_one_domain)


@pytest.fixture
def appraised(candidate):
    for seat in builders.seats(candidate.session):
        builders.appraise(candidate, seat)
    return candidate


def test_what_was_acquired_is_kept_with_its_day(candidate):
    valid = acquired_domains_of(candidate).valid

    assert valid.keys() == release_builders.domains(1)
    assert valid[release_builders.domain(1)].since == clock.today()
    assert valid[release_builders.domain(1)].until is None


def test_a_first_candidacy_keeps_nothing(django_assert_num_queries):
    candidate = release_builders.appraised().candidates.select_related("session", "enrollment").get()

    with django_assert_num_queries(1):
        earlier = acquired_domains_of(candidate)

    assert not earlier


def test_the_grid_asks_for_nothing_that_is_kept(candidate):
    assert [criterion.code for criterion in grid_of(candidate, TestKind.PRODUCTION)] == ["P1"]
    assert grid_of(candidate, TestKind.INTERVIEW) == []


def test_certified_is_what_was_kept_and_what_is_won(appraised):
    decision = builders.certify(appraised)

    rows = {row.domain.number: row.acquired_since for row in decision.domains.select_related("domain")}
    assert rows == {1: clock.today(), 2: None, 9: None}


def test_a_certificate_follows_a_second_attempt(appraised):
    builders.certify(appraised)

    release_builders.release(appraised.session)

    assert Certificate.objects.valid().count() == 1


@pytest.mark.parametrize("outcome", [Outcome.CERTIFIED, Outcome.PARTIAL, Outcome.NOT_CERTIFIED])
def test_a_domain_that_is_kept_is_never_taken_back(outcome, appraised):
    both = outcome == Outcome.CERTIFIED

    with pytest.raises(DomainError, match="Déjà acquis"):
        builders.refuse(
            appraised,
            outcome,
            production_validated=both,
            interview_validated=both,
            acquired=release_builders.domains(2) if outcome != Outcome.NOT_CERTIFIED else set(),
        )


def test_a_second_partial_decision_wins_something_more(appraised):
    with pytest.raises(DomainError, match="de plus"):
        release_builders.grant(appraised, 1)

    assert release_builders.grant(appraised, 1, 2).outcome == Outcome.PARTIAL


def test_a_second_attestation_keeps_the_day_and_the_limit_of_each_domain():
    first = release_builders.released_partial(1, partial_validity_months=24)
    until = release_builders.attestation_of(first).valid_until
    with clock.at(clock.now() + timedelta(days=100)):
        candidate = release_builders.back_before_a_jury(first.candidates.get().enrollment)
        release_builders.grant(candidate, 1, 2)
        second = release_builders.attestation_of(release_builders.release(candidate.session))

    old, new = second.acquired
    assert (old["since"], old["until"]) == (first.held_on.isoformat(), until.isoformat())
    assert new["since"] == second.jury_date.isoformat()
    assert new["until"] == second.valid_until.isoformat() > old["until"]


def test_who_wins_nothing_more_keeps_what_they_had(appraised):
    decision = builders.refuse(appraised, acquired=release_builders.domains(1))
    release_builders.release(appraised.session)

    assert decision.domains.get(acquired=True).domain.number == 1
    assert PartialAttestation.objects.not_revoked().count() == 1


def test_an_adjourned_candidate_loses_nothing_and_may_be_sent_twice(appraised):
    first = builders.refuse(appraised, Outcome.ADJOURNED)

    assert first.domains.get(acquired=True).acquired_since
    assert builders.refuse(appraised, Outcome.ADJOURNED) == first


def test_what_has_run_out_on_the_day_of_the_jury_is_judged_again():
    session = release_builders.released_partial(1, partial_validity_months=12)
    with clock.at(clock.now() + timedelta(days=370)):
        candidate = release_builders.back_before_a_jury(session.candidates.get().enrollment, appraised=False)

        earlier = acquired_domains_of(candidate)

    assert not earlier.valid
    assert earlier.lapsed.keys() == release_builders.domains(1)


def test_what_holds_on_its_last_day_is_kept():
    session = release_builders.released_partial(1, partial_validity_months=12)
    last = release_builders.attestation_of(session).valid_until
    with clock.at(clock.now() + (last - clock.today())):
        candidate = release_builders.back_before_a_jury(session.candidates.get().enrollment, appraised=False)

        assert acquired_domains_of(candidate).valid


def test_a_domain_of_the_trade_is_judged_again_on_another_support():
    candidate = came_back(1, 9)
    enrollment = candidate.enrollment
    Enrollment.objects.filter(pk=enrollment.pk).update(support=SupportFactory(code="autre"))
    enrollment.refresh_from_db()

    assert acquired_domains_of(candidate).valid.keys() == release_builders.domains(1)


def test_a_domain_renamed_by_another_version_is_judged_again(candidate):
    enrollment = candidate.enrollment
    old = Framework.objects.get(version=enrollment.framework_version)
    new = Framework.objects.create(version="2027-1", title=old.title, certificate_title=old.certificate_title)
    module = new.modules.create(code="M1", name="Clés", family="key")
    new.domains.create(module=module, number=1, name="Tout autre chose")
    Enrollment.objects.filter(pk=enrollment.pk).update(framework_version="2027-1")
    enrollment.refresh_from_db()

    assert not acquired_domains_of(candidate)


def test_a_domain_kept_is_acquired_in_the_database_too(appraised):
    decision = builders.certify(appraised)
    domain = release_builders.domain(1)

    with pytest.raises(IntegrityError), transaction.atomic():
        decision.domains.all()._raw_delete("default")
        DecisionDomain.objects.create(
            decision=decision, domain_id=domain, acquired=False, acquired_since=clock.today()
        )


def test_the_minutes_name_what_was_kept_beside_what_is_won(appraised):
    builders.certify(appraised)

    minutes = close_deliberation(session=appraised.session, by=builders.president(appraised.session).user)

    (row,) = minutes.content["candidates"]
    assert {line["number"]: line["acquired_since"] for line in row["domains"]} == {
        1: clock.today().isoformat(),
        2: "",
        9: "",
    }


def test_earlier_results_are_read_in_two_queries_whatever_the_number(candidate, django_assert_num_queries):
    candidates = [candidate, came_back(1), came_back(1)]

    with django_assert_num_queries(2):
        one = acquired_domains_by_candidate(candidates[:1])
    with django_assert_num_queries(2):
        three = acquired_domains_by_candidate(candidates)

    assert len(one) == 1
    assert all(row.valid for row in three.values())


def test_the_page_of_the_decision_ticks_and_locks_what_is_kept(client, appraised):
    client.force_login(builders.president(appraised.session).user)

    page = client.get(f"/jurys/candidats/{appraised.pk}/decision/").content.decode()

    assert "déjà acquis le" in page
    box = next(part for part in page.split("<input") if f'value="{release_builders.domain(1)}"' in part)
    assert "disabled" in box
    assert "checked" in box


def test_the_page_of_the_decision_sends_what_is_locked(client, appraised):
    client.force_login(builders.president(appraised.session).user)
    words = {"reason": "Il reste des gestes.", "recommendation": "Un mois de plus."}

    client.post(
        f"/jurys/candidats/{appraised.pk}/decision/",
        {"outcome": "partial", "acquired": [release_builders.domain(2)], **words},
    )

    decision = appraised.decisions.in_force().get()
    acquired = decision.domains.filter(acquired=True).values_list("domain_id", flat=True)
    assert set(acquired) == release_builders.domains(1, 2)


def test_the_jury_reads_on_the_page_of_the_candidate_what_is_kept_and_what_has_run_out(client):
    session = release_builders.released_partial(1, partial_validity_months=12)
    with clock.at(clock.now() + timedelta(days=370)):
        candidate = release_builders.back_before_a_jury(session.candidates.get().enrollment, appraised=False)
        client.force_login(builders.president(candidate.session).user)

        page = client.get(f"/jurys/candidats/{candidate.pk}/").content.decode()

    assert "sa validité a pris fin" in page
