"""The numbers of the register under any history: releases, replacements, revocations, each undone or not."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.enums import CertificateState
from certificates.models import Certificate
from certificates.services.register.lines import replace_certificate, revoke_certificate
from core import clock
from tests.factories import JurySessionFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db


Act = tuple[str, int, bool, int]
"""What is done, on which of the certificates that stand, whether it is undone at once, and in which year."""

ACTS = st.tuples(
    st.sampled_from(["release", "release", "replace", "revoke"]),
    st.integers(0, 5),
    st.booleans(),
    st.sampled_from([2026, 2027]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=10))
def test_whatever_is_released_replaced_revoked_or_undone_the_numbers_of_each_year_run_from_one(
    certifier, acts: list[Act]
):
    with transaction.atomic():
        session, numbered, standing = JurySessionFactory(), Counter(), []
        for verb, rank, undone, year in acts:
            with clock.at(datetime(year, 6, 1, tzinfo=UTC)), transaction.atomic():
                before = list(standing)
                numbered[year] += do(verb, standing, rank, session, certifier) and not undone
                if undone:
                    standing[:] = before
                    transaction.set_rollback(True)
        rows = list(Certificate.objects.order_by("year", "sequence"))
        transaction.set_rollback(True)

    expected = [(year, number) for year in sorted(numbered) for number in range(1, numbered[year] + 1)]
    assert [(row.year, row.sequence) for row in rows] == expected
    assert len({row.code for row in rows}) == len(rows)
    replaced = {row.pk: row.replaced_by_id for row in rows if row.state == CertificateState.REPLACED}
    assert set(replaced.values()) <= {row.pk for row in rows}
    assert {row.pk for row in rows if row.state == CertificateState.PENDING} == set(standing)


def do(verb: str, standing: list, rank: int, session, by) -> bool:
    """Do one act on the certificates that stand, by the service; whether it took a number."""
    if verb == "release":
        standing.append(certificate_of(session=session).pk)
        return True
    if not standing:
        return False
    certificate = Certificate.objects.get(pk=standing.pop(rank % len(standing)))
    if verb == "revoke":
        revoke_certificate(certificate=certificate, reason="Fraude", by=by)
        return False
    names = {"first_names": f"{certificate.first_names} X"}
    new = replace_certificate(certificate=certificate, changes=names, reason="Erreur de saisie", by=by)
    standing.append(new.pk)
    return True
