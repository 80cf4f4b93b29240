"""What a phone takes along: all that the evening needs, nothing else, in a few kilobytes."""

import gzip
import json
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from evaluations.models import Activity, Competency, CurrentLevel
from structures.enums import Role
from tests.evaluations.conftest import queries_of
from tests.evaluations.notebook.phone import send, session_entry, signature_entry
from tests.factories import (
    CompetencyFactory,
    EnrollmentFactory,
    EvaluationFactory,
    FrameworkFactory,
    MembershipFactory,
    SupportFactory,
    TraineeFactory,
    TrainingSessionFactory,
)
from tests.factories.evaluations import reopened
from trainees.enums import EnrollmentState, SessionState
from trainees.models import MonthClosing

pytestmark = pytest.mark.date_sensitive

ADDRESS = "/saisie/carnet.json"


@pytest.fixture
def phone(client, trainer):
    FrameworkFactory()
    client.force_login(trainer)
    return client


def plan(structure, trainer, enrollments, **changes):
    session = TrainingSessionFactory(
        structure=structure,
        trainer=trainer,
        state=SessionState.PLANNED,
        held_on=clock.today() + timedelta(days=2),
        **changes,
    )
    session.expected.set(enrollments)
    return session


def with_activity():
    framework = FrameworkFactory()
    with reopened(framework):
        activity = Activity.objects.create(
            framework=framework, support=SupportFactory(), name="Tonte", icon="tractor"
        )
        activity.competencies.set(Competency.objects.filter(code="9.1"))


def test_the_notebook_says_who_what_and_when(phone, trainer, enrollment):
    with_activity()
    MonthClosing.objects.create(enrollment=enrollment, month=clock.today().replace(day=1), closed_by=trainer)
    seen = EvaluationFactory(enrollment=enrollment, competency=Competency.objects.get(code="9.1"))
    CurrentLevel.objects.create(
        enrollment=enrollment, competency=seen.competency, rank=3, seen_on=seen.seen_on, evaluation=seen
    )

    book = phone.get(ADDRESS).json()

    assert book["owner"] == {"id": str(trainer.pk), "name": str(trainer)}
    assert book["day"] == clock.today().isoformat()
    assert book["structures"] == [{"id": str(enrollment.structure_id), "name": "Les Jardins du Lez"}]
    assert book["supports"] == [{"code": "espaces-verts", "name": "Espaces verts", "icon": "tractor"}]
    (person,) = book["people"]
    assert (person["id"], person["first_name"], person["initials"]) == (str(enrollment.pk), "Samira", "SD")
    assert (person["mine"], person["paused"], person["framework"]) == (True, False, "2026-1")
    assert person["signed_months"] == [f"{clock.today():%Y-%m}"]
    (framework,) = book["frameworks"]
    assert [level["rank"] for level in framework["levels"]] == [1, 2, 3, 4]
    assert [row["code"] for row in framework["competencies"]] == ["1.1", "9.1"]
    assert framework["activities"][0]["competencies"] == ["9.1"]
    assert book["levels"] == {str(enrollment.pk): {str(seen.competency_id): [3, seen.seen_on.isoformat()]}}
    assert [row["id"] for row in book["trainers"]] == [str(trainer.pk)]
    assert ["M4", "Compétences professionnelles"] in book["choices"]["modules"]
    assert book["csrf"]


def test_the_notebook_holds_only_the_crews_that_the_person_evaluates(phone, trainer, enrollment, director):
    elsewhere = EnrollmentFactory()
    directed = MembershipFactory(user=trainer, role=Role.DIRECTOR).structure
    EnrollmentFactory(structure=directed)
    EnrollmentFactory(
        structure=enrollment.structure, state=EnrollmentState.COMPLETED, completed_on=clock.today()
    )
    plan(elsewhere.structure, trainer, [elsewhere])

    book = phone.get(ADDRESS).json()

    assert [person["id"] for person in book["people"]] == [str(enrollment.pk)]
    assert [row["id"] for row in book["structures"]] == [str(enrollment.structure_id)]
    assert book["sessions"] == []


def test_planned_sessions_come_with_those_expected_and_held_ones_until_signed(phone, trainer, enrollment):
    planned = plan(enrollment.structure, trainer, [enrollment])
    held = session_entry(trainer, enrollment)
    send(phone, trainer, [held])

    book = phone.get(ADDRESS).json()

    (session,) = book["sessions"]
    assert (session["id"], session["expected"]) == (str(planned.pk), [str(enrollment.pk)])
    assert (session["starts_at"], session["form"]) == ("09:00", "group")
    (unsigned,) = book["unsigned"]
    assert (unsigned["id"], unsigned["state"]) == (held["id"], "held")
    assert unsigned["presences"] == [
        {"enrollment": str(enrollment.pk), "minutes": 180, "absence": "", "signed": []}
    ]

    send(phone, trainer, [signature_entry(held, enrollment), signature_entry(held, None)])

    assert phone.get(ADDRESS).json()["unsigned"] == []


def test_the_notebook_costs_the_same_for_one_person_and_for_three(phone, trainer, enrollment, structure):
    with_activity()
    one = [plan(structure, trainer, [enrollment]), session_entry(trainer, enrollment)]
    send(phone, trainer, one[1:])
    for_one = queries_of(phone, ADDRESS)

    crew = [enrollment, *EnrollmentFactory.create_batch(2, structure=structure)]
    MembershipFactory.create_batch(2, structure=structure)
    for n, hour in enumerate(["13:00", "14:00"]):
        plan(structure, trainer, crew)
        send(
            phone,
            trainer,
            [
                session_entry(
                    trainer,
                    *crew,
                    starts_at=hour,
                    ends_at=f"{14 + n}:00",
                    presences=[
                        {"enrollment": str(enrollment.pk), "minutes": 60, "absence": ""}
                        for enrollment in crew
                    ],
                )
            ],
        )
    book = phone.get(ADDRESS).json()

    assert (len(book["people"]), len(book["sessions"]), len(book["unsigned"])) == (3, 3, 3)
    assert queries_of(phone, ADDRESS) == for_one <= 24


def test_the_notebook_of_twelve_people_and_sixty_competencies_is_light(phone, trainer, structure, enrollment):
    """54 KB as it is, 8 KB over the wire; both would grow if ids or labels came twice."""
    CompetencyFactory.create_batch(58)
    names = ["Aïssatou", "Jean-Baptiste", "Maëlle", "Oleksandr"]
    for n in range(11):
        trainee = TraineeFactory(first_names=names[n % 4], birth_name=f"BENALI-DUCHÊNE{n}")
        EnrollmentFactory(structure=structure, trainee=trainee, referent=trainer)
    fact = EvaluationFactory(enrollment=enrollment)
    enrollments = structure.enrollments.all()
    CurrentLevel.objects.bulk_create(
        CurrentLevel(
            enrollment=enrollment,
            competency=competency,
            rank=1 + n % 4,
            seen_on=clock.today() - timedelta(days=7 * n + m),
            evaluation=fact,
        )
        for n, enrollment in enumerate(enrollments)
        for m, competency in enumerate(Competency.objects.all())
    )

    whole = phone.get(ADDRESS)
    packed = phone.get(ADDRESS, headers={"Accept-Encoding": "gzip"})

    assert len(whole.json()["people"]) == 12
    assert len(whole.json()["frameworks"][0]["competencies"]) >= 60
    assert json.loads(gzip.decompress(packed.content))["people"] == whole.json()["people"]
    sizes = (len(whole.content), len(packed.content))
    assert sizes[0] < 60_000, sizes
    assert sizes[1] < 12_000, sizes
    assert "no-store" in whole.headers["Cache-Control"]


def test_the_notebook_stands_at_the_address_that_phones_know():
    assert reverse("evaluations:notebook") == ADDRESS
