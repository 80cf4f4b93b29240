"""The national figures, at any date."""

import itertools
from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from certificates.services.register.lines import revoke_certificate
from core import clock
from cqp.dashboard import queries
from cqp.dashboard.models import Objective
from cqp.dashboard.queries.forecast import Forecast
from cqp.dashboard.queries.region_map import PLACES, SHORT, region_map
from structures.enums import StructureState
from structures.rules.territories import REGIONS
from tests.factories import EnrollmentFactory, PlanFactory, StructureFactory, UserFactory
from tests.factories.register import certificate_of
from trainees.enums import EnrollmentState
from trainees.models import ExitReason

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


def ago(**span):
    return clock.today() - timedelta(**span)


def test_the_figures_are_those_of_the_day_asked_for():
    structure = StructureFactory(interested_on=ago(days=90), accredited_from=ago(days=60))
    EnrollmentFactory(structure=structure, enrolled_on=ago(days=30))

    before, between, now = (queries.figures(ago(days=n)) for n in (100, 40, 0))

    assert (before.structures_interested, before.structures_accredited, before.enrolled) == (0, 0, 0)
    assert (between.structures_interested, between.structures_accredited, between.enrolled) == (1, 1, 0)
    assert (now.structures_active, now.structures_accredited, now.enrolled) == (1, 1, 1)


def test_a_person_who_comes_back_is_one_person():
    first = EnrollmentFactory(
        state=EnrollmentState.LEFT,
        left_on=ago(days=20),
        exit_reason=ExitReason.objects.create(code="fin", name="Fin de contrat"),
    )
    EnrollmentFactory(trainee=first.trainee, structure=first.structure)

    figures = queries.figures(clock.today())

    assert figures.enrolled == 1
    assert figures.structures_active == 1


def test_a_structure_whose_paths_all_ended_is_not_active_any_more():
    EnrollmentFactory(state=EnrollmentState.COMPLETED, completed_on=ago(days=5))

    assert queries.figures(clock.today()).structures_active == 0
    assert queries.figures(ago(days=6)).structures_active == 1


def test_a_suspended_accreditation_counts_until_the_day_it_stopped():
    structure = StructureFactory(state=StructureState.SUSPENDED)
    structure.spans.all().delete()
    structure.spans.create(state=StructureState.ACCREDITED, starts_on=ago(days=50), ends_on=ago(days=10))
    structure.spans.create(state=StructureState.SUSPENDED, starts_on=ago(days=10))

    assert queries.figures(ago(days=11)).structures_accredited == 1
    assert queries.figures(ago(days=10)).structures_accredited == 0


def test_a_revoked_certificate_counts_until_it_was_revoked():
    with clock.at(clock.now() - timedelta(days=10)):
        certificate = certificate_of()
    with clock.at(clock.now() - timedelta(days=2)):
        revoke_certificate(
            certificate=certificate, reason="Erreur d’identité", by=UserFactory(is_certifier=True)
        )

    assert queries.figures(ago(days=11)).certified == 0
    assert queries.figures(ago(days=5)).certified == 1
    assert queries.figures(clock.today()).certified == 0


def test_the_funnel_never_widens_on_its_way():
    PlanFactory()
    EnrollmentFactory()

    counts = [step.count for step in queries.funnel(clock.today(), queries.figures(clock.today()))]

    assert counts == [2, 1, 0, 0, 0]


def test_the_curve_adds_up_month_after_month():
    for days in (70, 40, 39, 1):
        EnrollmentFactory(enrolled_on=ago(days=days))

    points = queries.curve(clock.today())

    assert points[-1].enrolled == 4
    assert [point.month for point in points] == [
        points[0].month + relativedelta(months=n) for n in range(len(points))
    ]
    assert all(a.enrolled <= b.enrolled for a, b in itertools.pairwise(points))


def test_an_empty_country_has_no_curve_and_no_forecast_date():
    objective = Objective(target=4000, starts_on=ago(days=10), ends_on=clock.today() + timedelta(days=300))

    forecast = queries.forecast(clock.today(), 0, objective)

    assert queries.curve(clock.today()) == []
    assert (forecast.pace, forecast.reached_on, forecast.low) == (0, None, 0)


@given(st.integers(0, 5000), st.integers(-400, 4000))
def test_the_interval_of_the_forecast_holds_what_is_already_there(certified, days_left):
    day = clock.today()
    objective = Objective(
        target=4000, starts_on=day - timedelta(days=500), ends_on=day + timedelta(days=days_left)
    )

    forecast: Forecast = queries.forecast(day, certified, objective)

    assert certified <= forecast.low <= forecast.high
    assert forecast.needed_pace >= 0


def test_every_region_has_its_tile():
    assert set(PLACES) == set(SHORT) == set(REGIONS)
    assert len(set(PLACES.values())) == len(PLACES)
    assert {region.shade for region in region_map(queries.regions(clock.today()))} == {0}


def test_the_blockers_name_only_what_blocks_somebody():
    assert queries.blockers(clock.today()) == []

    EnrollmentFactory(contract_end=clock.today() + timedelta(days=12))

    assert {blocker.count for blocker in queries.blockers(clock.today())} == {1}
    assert len(queries.blockers(clock.today())) == 2
