from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.models import JournalEntry
from trainees.enums import EnrollmentStep
from trainees.models import Enrollment, TrainingPlan
from trainees.services.hours.plans import plan_faults, plan_hours, plan_warnings, revisions_of


def plan_for(enrollment, by, production=130, classroom=80, immersion=35, **changes):
    return plan_hours(
        enrollment=enrollment,
        production_minutes=production * 60,
        classroom_minutes=classroom * 60,
        immersion_minutes=immersion * 60,
        by=by,
        **changes,
    )


def test_the_first_plan_begins_the_training(enrollment, director):
    plan = plan_for(enrollment, director)

    enrollment.refresh_from_db()
    assert (plan.revision, plan.total_minutes) == (1, 245 * 60)
    assert enrollment.step == EnrollmentStep.TRAINING
    assert JournalEntry.objects.get().summary.endswith("est établi\u00a0: 245\u00a0h")


def test_a_revision_keeps_the_plan_before_it(enrollment, director):
    plan_for(enrollment, director)

    plan_for(enrollment, director, production=150, reason="Besoin de pratique")

    assert [(row.revision, row.reason) for row in enrollment.plans.all()] == [
        (2, "Besoin de pratique"),
        (1, ""),
    ]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((100, 64, 35), "ajoutez 1"),
        ((200, 165, 35), "retirez 1"),
        ((200, 100, 0), "en immersion"),
        ((0, 150, 60), "en situation de production"),
        ((150, -1, 60), "en salle"),
    ],
)
def test_a_plan_has_200_to_399_hours_in_three_places(enrollment, director, hours, words):
    with pytest.raises(DomainError, match=words):
        plan_for(enrollment, director, *hours)

    assert TrainingPlan.objects.count() == 0


@pytest.mark.parametrize("hours", [(100, 65, 35), (200, 164, 35)])
def test_200_and_399_hours_are_plans(enrollment, director, hours):
    assert plan_for(enrollment, director, *hours).pk


def test_a_revision_says_why_and_changes_something(enrollment, director):
    plan_for(enrollment, director)

    with pytest.raises(DomainError, match="porte son motif"):
        plan_for(enrollment, director, production=150)
    with pytest.raises(DomainError, match="rien à réviser"):
        plan_for(enrollment, director, reason="Pour rien")


def test_a_plan_never_goes_below_what_is_done(enrollment, director):
    enrollment.done_classroom_minutes = 90 * 60
    enrollment.save()

    with pytest.raises(DomainError, match=r"90.h sont déjà faites en salle"):
        plan_for(enrollment, director)


@given(st.tuples(*[st.integers(-10, 30000)] * 3))
def test_a_plan_without_fault_is_what_the_database_accepts(minutes):
    planned = dict(zip(("production", "classroom", "immersion"), minutes, strict=True))

    has_fault = bool(plan_faults(Enrollment(), planned))

    assert has_fault == (min(minutes) <= 0 or not 12000 <= sum(minutes) <= 23940)


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (0, None, "Indiquez aussi la fin"),
        (None, 90, "Indiquez aussi le début"),
        (90, 90, "avant d’avoir commencé"),
    ],
)
def test_a_plan_has_both_dates_in_order_or_none(enrollment, director, starts, ends, words):
    def day(offset: int | None) -> date | None:
        return None if offset is None else enrollment.contract_start + timedelta(offset)

    with pytest.raises(DomainError, match=words):
        plan_for(enrollment, director, starts_on=day(starts), ends_on=day(ends))


def test_new_dates_alone_are_a_revision(enrollment, director):
    plan_for(enrollment, director)
    start, end = enrollment.contract_start, enrollment.contract_end

    plan_for(enrollment, director, starts_on=start, ends_on=end, reason="Chantier déplacé")

    newest, first = revisions_of(enrollment)
    assert (newest.moves_dates, newest.columns[-1]["change"], first.moves_dates) == (True, 0, False)
    with pytest.raises(DomainError, match="rien à réviser"):
        plan_for(enrollment, director, starts_on=start, ends_on=end, reason="Encore")


def test_each_revision_says_what_it_changed(enrollment, director):
    plan_for(enrollment, director)
    plan_for(enrollment, director, production=150, classroom=70, reason="Besoin de pratique")

    newest, first = revisions_of(enrollment)

    assert [column["change"] // 60 for column in newest.columns] == [20, -10, 0, 10]
    assert [column["change"] for column in first.columns] == [0, 0, 0, 0]


def test_a_plan_out_of_the_contract_is_warned_about(enrollment, director):
    start, end = enrollment.contract_start, enrollment.contract_end

    inside = plan_for(enrollment, director, starts_on=start, ends_on=end)
    outside = plan_for(
        enrollment, director, starts_on=start, ends_on=end + timedelta(days=1), reason="Prolongation espérée"
    )

    assert plan_warnings(inside) == []
    assert "Le plan sort du contrat" in plan_warnings(outside)[0]


def test_a_plan_that_asks_for_more_than_the_weeks_of_the_contract_is_warned_about(enrollment, director):
    start = enrollment.contract_start

    plan = plan_for(enrollment, director, starts_on=start, ends_on=start + timedelta(days=48))

    assert "Ce plan demande 35 h de formation par semaine" in plan_warnings(plan)[0]
