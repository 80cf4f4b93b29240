"""A receipt is computed from the rows that stand, and agrees with what the phone computed alone."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.models import Competency
from evaluations.services.evaluations import void_evaluation
from structures.enums import Role
from tests.evaluations.notebook.phone import (
    evaluation_entry,
    expected_receipt,
    post,
    receipt,
    send,
    session_entry,
    signature_entry,
)
from tests.factories import EnrollmentFactory, FrameworkFactory, MembershipFactory
from trainees.models import Attendance, TrainingSession

NOTHING = {"count": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}


@pytest.fixture
def phone(client, trainer):
    client.force_login(trainer)
    return client


@pytest.fixture
def evening(trainer, enrollment, structure):
    """One session of two people, one absent; its signatures; evaluations with all that a text may hold."""
    FrameworkFactory()
    competency = Competency.objects.get(code="9.1")
    absent = EnrollmentFactory(structure=structure)
    session = session_entry(trainer, enrollment)
    session["presences"].append({"enrollment": str(absent.pk), "minutes": 0, "absence": "leave"})
    texts = ['Net, « propre » \\ "vite"', "Ligne 1\nligne 2\tfin", "émoji 🌿 \u2028 œuvre </script>"]
    return [
        session,
        signature_entry(session, enrollment),
        signature_entry(session, None),
        *(evaluation_entry(enrollment, competency, comment=text, own_rank=2) for text in texts),
        evaluation_entry(enrollment, competency, situation="Façade – 12 m²"),
    ]


def ids_of(entries) -> list[str]:
    return [entry["id"] for entry in entries]


def test_the_receipt_is_that_of_the_phone(phone, trainer, evening):
    assert len(send(phone, trainer, evening)["accepted"]) == len(evening)

    assert receipt(phone, trainer, ids_of(evening)) == expected_receipt(evening)
    assert receipt(phone, trainer, ids_of(evening)[3:4] * 2) == expected_receipt(evening[3:4])


def test_what_never_arrived_is_not_in_the_receipt(phone, trainer, evening):
    send(phone, trainer, evening[:-1])

    answer = receipt(phone, trainer, ids_of(evening))

    assert answer == expected_receipt(evening[:-1])
    assert answer != expected_receipt(evening)


def test_what_was_refused_is_not_in_the_receipt(phone, trainer, evening):
    refused = evening[-1] | {"id": str(uuid4()), "rank": 9}
    send(phone, trainer, [*evening, refused])

    assert receipt(phone, trainer, ids_of([*evening, refused])) == expected_receipt(evening)


def test_the_receipt_says_what_stands_and_not_what_was_sent(phone, trainer, evening):
    send(phone, trainer, evening)
    Attendance.objects.filter(absence="leave").update(absence="justified")

    assert receipt(phone, trainer, ids_of(evening))["count"] == len(evening)
    assert receipt(phone, trainer, ids_of(evening))["sha256"] != expected_receipt(evening)["sha256"]


def test_a_voided_evaluation_still_stands(phone, trainer, evening, enrollment):
    send(phone, trainer, evening)
    void_evaluation(evaluation=enrollment.evaluations.first(), reason="Erreur de ligne", by=trainer)

    assert receipt(phone, trainer, ids_of(evening)) == expected_receipt(evening)


def test_the_entries_of_others_are_not_counted(phone, trainer, evening, structure):
    send(phone, trainer, evening)
    colleague = MembershipFactory(structure=structure, role=Role.COUNSELLOR).user
    outsider = MembershipFactory(role=Role.TRAINER).user

    phone.force_login(colleague)
    assert receipt(phone, colleague, ids_of(evening)) == expected_receipt(evening[:1])
    phone.force_login(outsider)
    assert receipt(phone, outsider, ids_of(evening)) == NOTHING


def test_a_session_only_planned_did_not_take_place(phone, trainer, evening):
    send(phone, trainer, evening[:1])
    TrainingSession.objects.update(state="planned")

    assert receipt(phone, trainer, ids_of(evening[:1])) == NOTHING


def test_a_receipt_costs_the_same_for_few_and_many(phone, trainer, evening, enrollment):
    competency = Competency.objects.get(code="9.1")
    more = [evaluation_entry(enrollment, competency) for _ in range(60)]
    send(phone, trainer, [*evening, *more])

    costs = []
    for entries in (evening[:4], [*evening, *more]):
        with CaptureQueriesContext(connection) as queries:
            assert receipt(phone, trainer, ids_of(entries)) == expected_receipt(entries)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 8


@pytest.mark.parametrize("ids", [["x", 1, None, {}, [], "\ud800", "A" * 36], [str(uuid4()).upper()], []])
def test_ids_that_are_none_count_for_nothing(phone, trainer, ids):
    assert receipt(phone, trainer, ids) == NOTHING


@pytest.mark.parametrize("ids", [None, "x", {}, [str(n) for n in range(5001)]])
def test_a_receipt_asked_wrongly_is_refused_as_a_whole(phone, trainer, ids):
    status, answer = post(phone, "receipt", {"owner": str(trainer.pk), "ids": ids})

    assert status == 400
    assert answer["sentence"]
