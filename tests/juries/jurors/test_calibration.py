"""Agreement and severity of the jurors, beside one another."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from evaluations.enums import TestKind
from evaluations.models import GridCriterion
from juries.models import CertificationSettings
from juries.rules.agreement import Agreement, agreement
from juries.services.jurors.calibration import read_calibration
from juries.services.jury_day.appraisals import save_appraisal, submit_appraisal
from juries.services.results.minutes import close_deliberation
from tests.juries import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened_session(module_db):
    return builders.opened(candidates=3)


@pytest.fixture
def session(opened_session, db):
    return deepcopy(opened_session)


def judge(candidate, juror, *, rank: int, validated: bool = True) -> None:
    for test in TestKind.values:
        criteria = GridCriterion.objects.filter(framework__version="2026-1", test=test)
        appraisal = save_appraisal(
            candidate=candidate,
            juror=juror,
            test=test,
            marks={criterion.pk: rank for criterion in criteria},
            validated=validated,
            comment="",
            by=juror.user,
        )
        submit_appraisal(appraisal=appraisal, by=juror.user)


def hold(session, *, chair: int = 3, other: int = 2, agree: bool = True):
    """The jury deliberates: the president gives `chair` everywhere and the other juror `other`."""
    for candidate in session.candidates.all():
        judge(candidate, builders.president(session), rank=chair)
        judge(candidate, builders.other_juror(session), rank=other, validated=agree)
        builders.certify(candidate)
    close_deliberation(session=session, by=builders.president(session).user)
    return builders.reread(session)


def read():
    return read_calibration(start=clock.today() - timedelta(days=1), end=clock.today())


def test_severity_is_the_gap_with_the_others_on_the_same_criteria(session):
    hold(session, chair=3, other=2)

    severity = {line.subject: line.severity for line in read().jurors}

    assert severity == {builders.president(session): 1.0, builders.other_juror(session): -1.0}


def test_agreement_counts_the_same_marks_and_the_same_opinions(session):
    hold(session, chair=3, other=2, agree=False)

    found = read()

    assert (found.marks.share, found.marks.near_share, found.opinions.share) == (0.0, 1.0, 0.0)


def test_jurors_who_mark_alike_agree_wholly(session):
    hold(session, chair=3, other=3)

    lines = read().jurors

    assert {(line.marks.share, line.opinions.share, line.severity) for line in lines} == {(1.0, 1.0, 0.0)}


def test_too_few_tests_are_masked_and_counted():
    hold(builders.opened(candidates=2))  # four tests, under the five of the settings

    found = read()

    assert (found.jurors, found.sessions) == ([], [])
    assert (found.masked_jurors, found.masked_sessions, found.least) == (2, 1, 5)


def test_the_settings_say_how_many_tests_are_enough():
    hold(builders.opened(candidates=2))
    CertificationSettings.objects.update(mask_below=4)

    found = read()

    assert [line.tests for line in found.sessions] == [4]
    assert [line.tests for line in found.jurors] == [4, 4]


def test_a_jury_that_still_sits_is_compared_with_nobody():
    builders.appraised(candidates=3)

    found = read()

    assert found.marks.pairs == 0
    assert (found.masked_jurors, found.jurors) == (0, [])


def test_a_jury_of_another_period_is_left_out(session):
    hold(session)

    found = read_calibration(start=clock.today() - timedelta(days=30), end=clock.today() - timedelta(days=1))

    assert found.sessions == []


def test_the_page_masks_and_shows_signed_gaps(client, session):
    hold(session, chair=3, other=2)
    client.force_login(session.planned_by)

    page = client.get(reverse("juries:calibration")).content.decode()

    assert "+1" in page
    assert "−1" in page or "-1" in page
    assert session.city in page


def test_a_period_upside_down_says_how_to_mend_it(client):
    client.force_login(builders.certifier())

    answer = client.get(reverse("juries:calibration"), {"start": "2026-05-02", "end": "2026-05-01"})

    assert answer.status_code == 422
    assert "échangez les deux dates" in answer.content.decode()


def test_an_unreadable_date_keeps_what_was_typed(client):
    client.force_login(builders.certifier())

    answer = client.get(reverse("juries:calibration"), {"start": "hier", "end": "2026-05-01"})

    assert answer.status_code == 422
    assert 'value="hier"' in answer.content.decode()


def test_the_page_costs_the_same_queries_whatever_the_juries(client, session):
    client.force_login(hold(session).planned_by)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("juries:calibration"))
    hold(builders.opened(candidates=3))
    hold(builders.opened(candidates=3))

    with CaptureQueriesContext(connection) as three:
        client.get(reverse("juries:calibration"))

    assert len(three) == len(one)


@given(st.lists(st.lists(st.integers(1, 4), max_size=5), max_size=12))
def test_agreement_is_what_a_count_by_hand_finds(judged):
    pairs = [
        abs(ranks[one] - ranks[other])
        for ranks in judged
        for one in range(len(ranks))
        for other in range(len(ranks))
        if one < other
    ]

    found = agreement(judged)

    near = [gap for gap in pairs if gap <= 1]
    assert found == Agreement(len(pairs), pairs.count(0), len(near))
    assert (found.share is None) == (not pairs)
