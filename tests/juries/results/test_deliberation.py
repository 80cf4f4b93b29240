"""The table of the deliberation: the sealed dossier, each juror, the decision, side by side."""

from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from evaluations.enums import TestKind
from evaluations.models import Dossier, GridCriterion
from juries.models import Appraisal, JurySession
from juries.queries.results.deliberation import CandidateDeliberation, SealedLevels, read_deliberation
from juries.rules.agreement import to_discuss
from juries.services.jury_day.appraisals import save_appraisal, submit_appraisal
from juries.services.sessions.composition import active_seats, candidates_of
from tests.juries import builders

pytestmark = pytest.mark.django_db


def table_of(session: JurySession, user=None) -> CandidateDeliberation:
    seats, candidates = active_seats(session), candidates_of(session)
    return read_deliberation(session, candidates, seats, user or builders.president(session).user)[0]


def judge(candidate, seat, *, first: int, others: int, validated: bool = True) -> None:
    """Hand in both tests: `first` for the first criterion of each grid, `others` for the rest."""
    for test in TestKind.values:
        criteria = GridCriterion.objects.filter(framework__version="2026-1", test=test).order_by("order")
        marks = {row.pk: others if place else first for place, row in enumerate(criteria)}
        appraisal = save_appraisal(
            candidate=candidate,
            juror=seat.juror,
            test=test,
            marks=marks,
            validated=validated,
            comment="",
            by=seat.juror.user,
        )
        submit_appraisal(appraisal=appraisal, by=seat.juror.user)


def seal_levels(session: JurySession, ranks: list[int], threshold: int = 3) -> None:
    """A sealed dossier whose first domain holds these ranks."""
    lines = [{"code": f"1.{place}", "rank": rank} for place, rank in enumerate(ranks)]
    snapshot = {
        "framework": {"threshold": threshold},
        "booklets": [{"domains": [{"number": 1, "lines": lines}]}],
    }
    old = session.candidates.get().dossier
    new = Dossier.objects.create(
        enrollment=old.enrollment,
        attempt=2,
        snapshot=snapshot,
        snapshot_sha256="0" * 64,
        sealed_by=old.sealed_by,
    )
    session.candidates.update(dossier=new)


def test_the_levels_of_the_sealed_dossier_stand_beside_the_jurors():
    session = builders.appraised()
    seal_levels(session, [2, 3, 4])

    rows = {row.domain.number: row.sealed for row in table_of(session).domains}

    assert rows[1] == SealedLevels(reached=2, total=3)
    assert set(rows.values()) == {None, SealedLevels(2, 3)}


def test_a_dossier_that_says_nothing_of_its_levels_leaves_its_column_empty():
    session = builders.appraised()

    assert {row.sealed for row in table_of(session).domains} == {None}


def test_the_agreement_counts_the_marks_that_are_the_same():
    session = builders.opened()
    candidate = session.candidates.get()
    chair, other = builders.seats(session)
    judge(candidate, chair, first=3, others=3)
    judge(candidate, other, first=1, others=3)

    found = table_of(session).agreement

    criteria = GridCriterion.objects.filter(framework__version="2026-1").count()
    assert (found.pairs, found.equal, found.near) == (criteria, criteria - 2, criteria - 2)


def test_what_is_to_discuss_names_the_tests_and_the_domains():
    session = builders.opened()
    candidate = session.candidates.get()
    chair, other = builders.seats(session)
    judge(candidate, chair, first=4, others=4)
    judge(candidate, other, first=1, others=1, validated=False)

    told = table_of(session).disagreements

    assert told[:2] == [TestKind.PRODUCTION.label, TestKind.INTERVIEW.label]
    assert any(word.startswith("domaine ") for word in told[2:])


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [(3, 4, False), (1, 2, False), (2, 3, True), (1, 3, True), (2, 4, True), (3, 3, False)],
)
def test_only_marks_across_the_threshold_or_two_steps_apart_are_to_discuss(one, other, told):
    session = builders.opened()
    candidate = session.candidates.get()
    for rank, seat in zip((one, other), builders.seats(session), strict=True):
        judge(candidate, seat, first=rank, others=rank)

    assert bool(table_of(session).disagreements) is told


@given(some.lists(some.integers(1, 6), max_size=5), some.integers(1, 6))
def test_what_is_to_discuss_is_what_a_reading_by_pairs_finds(ranks, threshold):
    pairs = combinations(ranks, 2)
    apart = any((a < threshold) != (b < threshold) or abs(a - b) >= 2 for a, b in pairs)

    assert to_discuss(ranks, threshold) is apart


def test_marks_that_are_hidden_from_me_weigh_in_no_figure():
    session = builders.opened()
    candidate = session.candidates.get()
    chair, other = builders.seats(session)
    judge(candidate, other, first=1, others=1)

    table = table_of(session, chair.juror.user)

    assert (table.agreement.pairs, table.disagreements, table.hidden) == (0, [], True)


def test_the_casting_vote_stands_as_a_badge_beside_the_decision(client):
    session = builders.appraised()
    builders.certify(session.candidates.get(), casting_vote=True)
    client.force_login(builders.president(session).user)

    page = client.get(reverse("juries:deliberation", args=[session.pk])).content.decode()

    assert "par la voix prépondérante de la présidence" in page


def test_the_deliberation_costs_the_same_queries_for_one_and_for_three(client):
    counts = []
    for candidates in (1, 3):
        session = builders.appraised(candidates=candidates)
        client.force_login(builders.president(session).user)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("juries:deliberation", args=[session.pk])).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert Appraisal.objects.count() == 16
