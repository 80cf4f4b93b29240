"""The pages of a session ask as many queries for three candidates as for one."""

from copy import deepcopy

import pytest
from django.urls import reverse

from juries.services.results.minutes import close_deliberation
from tests.juries import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def decided_sessions(module_db):
    return [builders.decided(candidates=candidates) for candidates in (1, 3)]


@pytest.fixture
def sessions(decided_sessions, db):
    return deepcopy(decided_sessions)


@pytest.mark.parametrize(
    "name", ["session_detail", "deliberation", "minutes", "candidate_detail", "presence"]
)
def test_a_page_costs_the_same_queries_with_one_and_three_candidates(
    client, sessions, name, django_assert_num_queries
):
    counts = []
    for session in sessions:
        president = builders.president(session).user
        if name == "minutes":
            close_deliberation(session=session, by=president)
        client.force_login(president)
        subject = session.candidates.first() if name == "candidate_detail" else session
        url = reverse(f"juries:{name}", args=[subject.pk])
        client.get(url)
        with django_assert_num_queries(40, exact=False) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 25
