"""Conflicts in generated data: exactly the expected ones, and the queries of a whole composition."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import JournalHead
from juries.models import Juror
from juries.services.jurors.conflicts import conflicts_of
from juries.services.sessions import eligible_dossiers
from juries.services.sessions.composer import ComposerQuery, compose_session, read_composer_data
from tests.factories import FrameworkFactory
from tests.juries import builders
from tests.juries.conflict_data import YEARS, ConflictData
from trainees.models import Enrollment

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20


def conflict_data_of(jurors: int, candidates: int, seed: int = 4) -> ConflictData:
    FrameworkFactory()
    return ConflictData(jurors=jurors, candidates=candidates, seed=seed)


def found_in(conflict_data: ConflictData) -> set:
    jurors = Juror.objects.select_related("user")
    enrollments = Enrollment.objects.select_related("trainee").filter(
        pk__in=[row.pk for row in conflict_data.enrollments]
    )
    return {
        (row.juror.pk, row.enrollment.pk, row.rule)
        for row in conflicts_of(jurors, enrollments, since=conflict_data.since)
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_conflict_is_found_and_none_is_invented(seed):
    conflict_data = conflict_data_of(60, 40, seed)

    found = found_in(conflict_data)

    assert len(conflict_data.expected) > 60
    assert found - conflict_data.expected == set(), "invented"
    assert conflict_data.expected - found == set(), "missed"


@pytest.mark.parametrize(("jurors", "candidates"), [(12, 8), (60, 40)])
def test_a_session_is_composed_in_fewer_than_twenty_queries(jurors, candidates, certifier):
    JournalHead.objects.create()  # the journal has begun long ago
    rules = builders.rules(colleague_years=YEARS)
    day = conflict_data_of(jurors, candidates).today + timedelta(days=30)

    with CaptureQueriesContext(connection) as reading:
        data = read_composer_data(ComposerQuery(days=(day,), held_on=day), rules)
    with CaptureQueriesContext(connection) as writing:
        compose_session(
            held_on=day,
            venue="Maison des métiers",
            postcode="34200",
            city="Sète",
            jurors=[option.juror.pk for option in data.jury],
            president=next(option.juror.pk for option in data.jury if option.presides),
            dossiers=[line.dossier.pk for line in data.picked_rows],
            by=certifier,
        )

    assert data.stops == []
    assert len(reading) < MOST_QUERIES
    assert len(writing) < MOST_QUERIES, "\n".join(row["sql"][:150] for row in writing)


@pytest.mark.parametrize(("jurors", "candidates"), [(12, 8), (60, 40)])
def test_the_page_of_the_composer_too(client, certifier, jurors, candidates):
    builders.rules()
    conflict_data = conflict_data_of(jurors, candidates)
    client.force_login(certifier)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("juries:composer"), {"day_1": conflict_data.today + timedelta(days=30)})

    assert page.context["data"].jury
    assert len(queries) < MOST_QUERIES, "\n".join(row["sql"][:150] for row in queries)


def test_the_proposed_jury_has_no_planted_tie(certifier):
    conflict_data = conflict_data_of(40, 30)
    day = conflict_data.today + timedelta(days=30)

    data = read_composer_data(ComposerQuery(days=(day,), held_on=day), builders.rules(colleague_years=YEARS))

    jury = {option.juror.pk for option in data.jury}
    candidates = {line.dossier.enrollment_id for line in data.picked_rows}
    assert data.jury
    assert len(data.rows) == eligible_dossiers().count() == 30
    assert not {row for row in conflict_data.expected if row[0] in jury and row[1] in candidates}
