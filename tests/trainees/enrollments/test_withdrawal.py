"""The undoing of an enrolment or of an import made by mistake."""

import pytest
from django.urls import reverse

from core.errors import DomainError
from core.models import JournalEntry
from tests.factories import EnrollmentFactory, ImmersionFactory, PlanFactory
from trainees.models import Enrollment, Trainee
from trainees.services.enrollments import withdraw_enrollment

IMPORT = "6d3c2c5e-4b8e-4d3e-8f21-9f2f6c9f8c11"


def test_an_enrollment_made_by_mistake_is_undone_and_the_journal_keeps_it(do_enrol, director):
    enrollment = do_enrol()

    withdraw_enrollment(enrollment=enrollment, by=director)

    assert (Enrollment.objects.count(), Trainee.objects.count()) == (0, 0)
    actions = JournalEntry.objects.filter(topic_id=enrollment.pk).values_list("action", flat=True)
    assert set(actions) == {"trainees.enrollment.opened", "trainees.enrollment.withdrawn"}


def test_a_person_known_before_stays(do_enrol, identity, director):
    before = EnrollmentFactory(state="completed", completed_on="2026-01-01", trainee__first_names="Zoé")
    enrollment = EnrollmentFactory(trainee=before.trainee)

    withdraw_enrollment(enrollment=enrollment, by=director)

    assert Trainee.objects.get() == before.trainee


@pytest.mark.parametrize(
    ("lean", "words"),
    [
        (lambda row: PlanFactory(enrollment=row), "plans de formation"),
        (lambda row: ImmersionFactory(enrollment=row), "immersions"),
        (lambda row: row.pauses.create(starts_on="2026-11-01", reason="Congé"), "pauses"),
    ],
    ids=["plan", "immersion", "pause"],
)
def test_an_enrollment_on_which_something_leans_stays(lean, words, director):
    enrollment = EnrollmentFactory()
    lean(enrollment)

    with pytest.raises(DomainError, match=words):
        withdraw_enrollment(enrollment=enrollment, by=director)

    assert Enrollment.objects.get() == enrollment


def test_an_import_is_undone_whole_or_not_at_all(director):
    first, second, third = EnrollmentFactory.create_batch(3, import_id=IMPORT)
    PlanFactory(enrollment=third)
    EnrollmentFactory()

    with pytest.raises(DomainError, match="ne se retire plus"):
        withdraw_enrollment(enrollment=first, whole_import=True, by=director)
    assert Enrollment.objects.count() == 4

    third.plans.all().delete()
    assert withdraw_enrollment(enrollment=second, whole_import=True, by=director) == 3
    assert Enrollment.objects.count() == 1


def test_the_page_undoes_an_import(page_of, structure, director):
    first, _ = EnrollmentFactory.create_batch(2, import_id=IMPORT, structure=structure)
    page = reverse("trainees:withdraw", args=[first.pk])

    assert "par le même fichier" in page_of(director, page)[1]
    assert page_of(director, page, {"whole_import": "on"}) == (302, reverse("trainees:list"))
    assert not Enrollment.objects.exists()
