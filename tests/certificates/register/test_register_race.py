"""Several releases at once: the register still runs from one, without gap or double."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from certificates.models import Certificate, RegisterYear
from certificates.services.register.lines import revoke_certificate
from core import clock
from core.errors import DomainError
from core.services.journal import broken_links
from juries.services.results.certificates import deliver_certificate
from tests.factories import CandidateFactory, JurySessionFactory
from tests.factories.register import CertifiedDecisionFactory, certificate_of

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6


def at_once(acts) -> list:
    """Run every act in a thread and a connection of its own, all starting together."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_releases_at_once_take_consecutive_numbers_and_those_that_fail_leave_no_gap(certifier):
    session = JurySessionFactory()
    decisions = [
        CertifiedDecisionFactory(candidate=CandidateFactory(session=session)) for _ in range(THREADS)
    ]

    def enter(rank: int):
        def act():
            with transaction.atomic():
                deliver_certificate(decision=decisions[rank], by=certifier)
                transaction.set_rollback(rank % 3 == 0)

        return act

    at_once([enter(rank) for rank in range(THREADS)])

    kept = THREADS - len(range(0, THREADS, 3))
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == list(range(1, kept + 1))
    assert RegisterYear.objects.get(year=clock.today().year).last == kept
    assert list(broken_links()) == []


@pytest.mark.exhaustive
def test_one_decision_released_by_several_people_at_once_gets_one_certificate(certifier):
    decision = CertifiedDecisionFactory()

    outcomes = at_once([lambda: deliver_certificate(decision=decision, by=certifier)] * 3)

    assert Certificate.objects.count() == 1
    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 2
    assert RegisterYear.objects.get().last == 1


@pytest.mark.exhaustive
def test_a_certificate_revoked_by_two_people_at_once_is_revoked_once(certifier):
    certificate = certificate_of()

    outcomes = at_once(
        [lambda: revoke_certificate(certificate=certificate, reason="Fraude", by=certifier)] * 2
    )

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 1
