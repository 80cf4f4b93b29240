import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.errors import DomainError
from accounts.models import JournalEntry
from trainees.enums import PathStep
from trainees.models import Enrollment, TrainingPlan
from trainees.services.plans import draw_plan, plan_faults


def draw(enrollment, by, production=130, classroom=80, immersion=35, **changes):
    return draw_plan(
        enrollment=enrollment,
        production_minutes=production * 60,
        classroom_minutes=classroom * 60,
        immersion_minutes=immersion * 60,
        by=by,
        **changes,
    )


def test_the_first_plan_begins_the_training(enrollment, director):
    plan = draw(enrollment, director)

    enrollment.refresh_from_db()
    assert (plan.revision, plan.total_minutes) == (1, 245 * 60)
    assert enrollment.step == PathStep.TRAINING
    assert JournalEntry.objects.get().summary.endswith("est établi\u00a0: 245\u00a0h")


def test_a_revision_keeps_the_plan_before_it(enrollment, director):
    draw(enrollment, director)

    draw(enrollment, director, production=150, reason="Besoin de pratique")

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
        draw(enrollment, director, *hours)

    assert TrainingPlan.objects.count() == 0


@pytest.mark.parametrize("hours", [(100, 65, 35), (200, 164, 35)])
def test_200_and_399_hours_are_plans(enrollment, director, hours):
    assert draw(enrollment, director, *hours).pk


def test_a_revision_says_why_and_changes_something(enrollment, director):
    draw(enrollment, director)

    with pytest.raises(DomainError, match="porte son motif"):
        draw(enrollment, director, production=150)
    with pytest.raises(DomainError, match="rien à réviser"):
        draw(enrollment, director, reason="Pour rien")


def test_a_plan_never_goes_below_what_is_done(enrollment, director):
    enrollment.done_classroom_minutes = 90 * 60
    enrollment.save()

    with pytest.raises(DomainError, match=r"90.h sont déjà faites en salle"):
        draw(enrollment, director)


@given(st.tuples(*[st.integers(-10, 30000)] * 3))
def test_a_plan_without_fault_is_what_the_database_accepts(minutes):
    planned = dict(zip(("production", "classroom", "immersion"), minutes, strict=True))

    has_fault = bool(plan_faults(Enrollment(), planned))

    assert has_fault == (min(minutes) <= 0 or not 12000 <= sum(minutes) <= 23940)
