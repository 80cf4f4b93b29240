"""What a phone sends is stored once, each entry on its own, and the answer says what became of each."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.models import JournalEntry
from evaluations.models import Competency, CurrentLevel, Evaluation
from structures.enums import Role
from tests.evaluations.notebook.phone import evaluation_entry, post, send, session_entry, signature_entry
from tests.factories import (
    CompetencyFactory,
    EnrollmentFactory,
    EvaluationFactory,
    FrameworkFactory,
    MembershipFactory,
)
from trainees.enums import EnrollmentState, SessionState
from trainees.models import Attendance, ExitReason, MonthClosing, Signature, TrainingSession


@pytest.fixture
def competency(db):
    FrameworkFactory()
    return Competency.objects.get(code="9.1")


@pytest.fixture
def phone(client, trainer):
    client.force_login(trainer)
    return client


def test_an_evening_is_stored_in_one_sending(phone, trainer, enrollment, competency):
    session = session_entry(trainer, enrollment)
    entries = [
        evaluation_entry(enrollment, competency, own_rank=2, comment="Net"),
        signature_entry(session, enrollment),
        signature_entry(session, None),
        session,
    ]

    answer = send(phone, trainer, entries)

    assert sorted(answer["accepted"]) == sorted(entry["id"] for entry in entries)
    assert (answer["refused"], answer["unreadable"]) == ({}, [])
    assert answer["day"] == clock.today().isoformat()
    fact = Evaluation.objects.get()
    assert (str(fact.pk), fact.own_level.rank, fact.evaluator) == (entries[0]["id"], 2, trainer)
    assert TrainingSession.objects.get().attendances.get().minutes == 180
    assert Signature.objects.count() == 2


def test_everything_sent_again_changes_nothing(phone, trainer, enrollment, competency):
    session = session_entry(trainer, enrollment)
    entries = [
        session,
        signature_entry(session, enrollment),
        evaluation_entry(enrollment, competency),
    ]
    first = send(phone, trainer, entries)
    lines = JournalEntry.objects.count()

    again = send(phone, trainer, [*entries, *entries])

    assert sorted(again["accepted"]) == sorted(first["accepted"])
    assert (Evaluation.objects.count(), TrainingSession.objects.count()) == (1, 1)
    assert (Signature.objects.count(), Attendance.objects.count()) == (1, 1)
    assert CurrentLevel.objects.get().observations == 1
    assert JournalEntry.objects.count() == lines


def test_the_planned_session_of_that_name_is_held(phone, trainer, enrollment):
    entry = session_entry(trainer, enrollment)
    planned = TrainingSession.objects.create(
        id=entry["id"],
        structure=enrollment.structure,
        trainer=trainer,
        held_on=entry["held_on"],
        starts_at="09:00",
        ends_at="11:00",
        place="classroom",
        module="M1",
        theme="Prévue",
        state=SessionState.PLANNED,
    )

    answer = send(phone, trainer, [entry])

    planned.refresh_from_db()
    assert answer["accepted"] == [entry["id"]]
    assert (planned.state, planned.theme) == (SessionState.HELD, "Tailler une haie")


def test_the_signature_of_a_refused_session_is_refused_too(phone, trainer, enrollment):
    session = session_entry(trainer, enrollment, ends_at="08:00")

    answer = send(phone, trainer, [session, signature_entry(session, enrollment)])

    assert len(answer["refused"]) == 2
    assert not Signature.objects.exists()


def test_twenty_four_entries_cost_fifteen_queries_whatever_the_history(
    phone, trainer, enrollment, competency, structure
):
    """The session, the person, their roles and the batch; beginning and ending a transaction left aside."""
    crew = [enrollment, *EnrollmentFactory.create_batch(7, structure=structure)]
    other = CompetencyFactory()
    EvaluationFactory.create_batch(40, enrollment=enrollment, competency=competency)
    send(phone, trainer, [evaluation_entry(enrollment, competency)])  # the first line of the journal

    costs = []
    for _ in range(2):
        entries = [evaluation_entry(crew[n % 8], [competency, other][n % 2]) for n in range(24)]
        with CaptureQueriesContext(connection) as queries:
            assert len(send(phone, trainer, entries)["accepted"]) == 24
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in queries))

    assert costs[0] == costs[1] <= 15


# --- what is refused


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rank": 9}, "niveau n’existe pas"),
        ({"enrollment": str(uuid4())}, "n’est plus, dans une de vos équipes"),
        ({"seen_on": "2099-01-01"}, "nous sommes le"),
        ({"seen_on": "2019-01-01"}, "plus d’un an"),
        ({"seen_on": "9999-12-31"}, "n’est pas encore passé"),
        ({"seen_on": "0001-01-01"}, "plus d’un an"),
        ({"situation": " "}, "quelle situation"),
        ({"comment": "x" * 1001}, "1000 caractères"),
    ],
)
def test_a_faulty_evaluation_is_refused_alone(phone, trainer, enrollment, competency, change, words):
    good = evaluation_entry(enrollment, competency)
    faulty = evaluation_entry(enrollment, competency) | change

    answer = send(phone, trainer, [faulty, good])

    assert answer["accepted"] == [good["id"]]
    assert words in answer["refused"][faulty["id"]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"held_on": (date.fromisoformat("2026-01-01") + timedelta(days=36500)).isoformat()},
            "nous sommes le",
        ),
        ({"held_on": "2019-01-01"}, "plus d’un an"),
        ({"structure": str(uuid4())}, "où vous ne travaillez plus"),
        ({"trainer": str(uuid4())}, "n’est pas de l’équipe"),
        ({"theme": ""}, "thème"),
        ({"theme": "x" * 161}, "160 caractères"),
        ({"presences": []}, "Personne n’est noté"),
        (
            {"presences": [{"enrollment": str(uuid4()), "minutes": 60, "absence": ""}]},
            "pas de cette structure",
        ),
        ({"ends_at": "21:00"}, "10 heures"),
    ],
)
def test_a_faulty_session_is_refused_alone(phone, trainer, enrollment, change, words):
    good = session_entry(trainer, enrollment)
    faulty = session_entry(trainer, enrollment, starts_at="08:00", ends_at="08:30") | change

    answer = send(phone, trainer, [faulty, good])

    assert answer["accepted"] == [good["id"]]
    assert words in answer["refused"][faulty["id"]]


def test_an_enrollment_that_ended_says_so(phone, trainer, enrollment, competency):
    enrollment.state, enrollment.left_on = EnrollmentState.LEFT, clock.today()
    enrollment.exit_reason = ExitReason.objects.create(code="fin", name="Fin du contrat")
    enrollment.save()
    entries = [evaluation_entry(enrollment, competency), session_entry(trainer, enrollment)]

    answer = send(phone, trainer, entries)

    assert "terminé" in answer["refused"][entries[0]["id"]]
    assert "Parcours clos" in answer["refused"][entries[1]["id"]]


def test_a_signed_month_refuses_sessions_and_signatures_and_nothing_else(
    phone, trainer, enrollment, competency, director
):
    held = session_entry(trainer, enrollment)
    send(phone, trainer, [held])
    month = date.fromisoformat(held["held_on"]).replace(day=1)
    MonthClosing.objects.create(enrollment=enrollment, month=month, closed_by=director)
    entries = [
        session_entry(trainer, enrollment, starts_at="14:00", ends_at="17:00"),
        signature_entry(held, enrollment),
        evaluation_entry(enrollment, competency, seen_on=held["held_on"]),
    ]

    answer = send(phone, trainer, entries)

    assert answer["accepted"] == [entries[2]["id"]]
    assert all("La direction peut la rouvrir" in sentence for sentence in answer["refused"].values())
    assert len(answer["refused"]) == 2


def test_an_id_replayed_with_other_content_is_refused_and_says_nothing_of_it(
    phone, trainer, enrollment, competency, structure
):
    entry = evaluation_entry(enrollment, competency, comment="Confidentiel")
    send(phone, trainer, [entry])
    colleague = MembershipFactory(structure=structure, role=Role.TRAINER).user
    phone.force_login(colleague)

    other_content = send(phone, colleague, [entry | {"rank": 4}])
    same_content = send(phone, colleague, [entry])

    assert other_content["refused"] == same_content["refused"]
    assert "Confidentiel" not in str(other_content)
    assert Evaluation.objects.get().level.rank == 3


def test_a_heavy_signature_is_refused_alone(phone, trainer, enrollment, competency):
    session = session_entry(trainer, enrollment)
    heavy = signature_entry(session, enrollment, strokes=[[[n % 1000, n % 997, n] for n in range(400_000)]])
    good = [session, signature_entry(session, enrollment), evaluation_entry(enrollment, competency)]

    answer = send(phone, trainer, [heavy, *good])

    assert sorted(answer["accepted"]) == sorted(entry["id"] for entry in good)
    assert "trop lourd" in answer["refused"][heavy["id"]]


def test_of_ten_thousand_entries_the_first_are_kept_and_each_other_told(
    phone, trainer, enrollment, competency
):
    entries = [evaluation_entry(enrollment, competency) for _ in range(10_000)]

    answer = send(phone, trainer, entries)

    assert answer["accepted"] == [entry["id"] for entry in entries[:500]]
    assert len(answer["refused"]) == 9_500
    assert "500 saisies au plus" in answer["refused"][entries[-1]["id"]]


# --- who sends


def test_the_entries_of_somebody_else_are_neither_stored_nor_told(
    phone, trainer, counsellor, enrollment, competency
):
    body = {"owner": str(counsellor.pk), "entries": [evaluation_entry(enrollment, competency)]}

    assert post(phone, "send", body) == (409, {"error": "owner"})
    assert post(phone, "receipt", {"owner": str(counsellor.pk), "ids": []}) == (409, {"error": "owner"})
    assert not Evaluation.objects.exists()


def test_without_a_session_a_phone_is_asked_to_log_in(client, db):
    for name in ("send", "receipt"):
        assert post(client, name, {}) == (401, {"error": "login"})
    assert client.get(reverse("evaluations:notebook")).status_code == 401


def test_those_who_do_not_evaluate_are_refused_in_a_sentence(client, director):
    client.force_login(director)

    status, answer = post(client, "send", {"owner": str(director.pk), "entries": []})

    assert (status, answer["error"]) == (403, "role")
    assert "encadrent ou accompagnent" in answer["sentence"]
    assert JournalEntry.objects.get().action == "accounts.access.refused"


def test_a_stale_token_is_refused_in_json_and_the_notebook_gives_a_new_one(trainer, enrollment, competency):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(trainer)
    body = {"owner": str(trainer.pk), "entries": [evaluation_entry(enrollment, competency)]}

    assert post(phone, "send", body) == (403, {"error": "csrf"})
    token = phone.get(reverse("evaluations:notebook")).json()["csrf"]
    response = phone.post(
        reverse("evaluations:send"), body, content_type="application/json", headers={"X-CSRFToken": token}
    )

    assert response.json()["accepted"] == [body["entries"][0]["id"]]
