"""Whatever a phone, or something that is no phone, sends: an answer in JSON, no breakdown, nothing half-written."""

import json

import pytest
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations.models import Competency, CurrentLevel, Evaluation
from evaluations.notebook.views.phone import send as send_view
from evaluations.services.evaluations.levels import wrong_levels, wrong_tallies
from tests.evaluations.notebook.phone import evaluation_entry, post, send, session_entry, signature_entry
from tests.factories import FrameworkFactory
from trainees.models import Attendance, Signature, TrainingSession

MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["\ud800", "\x00", "0000-00-00", "9999-12-31", "24:00", "", "9" * 30])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@pytest.fixture
def phone(client, trainer):
    client.force_login(trainer)
    return client


@pytest.fixture
def samples(trainer, enrollment):
    """One entry of each kind that nothing refuses."""
    FrameworkFactory()
    session = session_entry(trainer, enrollment)
    evaluation = evaluation_entry(enrollment, Competency.objects.get(code="9.1"), own_rank=1)
    return [session, signature_entry(session, enrollment), evaluation]


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "[]", "null", "1", '"x"', "\ufeff{}", b"\xff\xfe", b'{"owner": "\xed\xa0\x80"}',
        "[" * 100_000, '{"a":' * 100_000, "NaN", '{"owner": 1e999, "entries": NaN',
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_object_is_refused_as_a_whole(phone, body):
    for name in ("send", "receipt"):
        status, answer = post(phone, name, body)
        assert (status, answer["error"]) == (400, "format")
        assert "rien n’a été enregistré" in answer["sentence"]


@pytest.mark.parametrize("entries", [None, "x", 3, True, {"id": "x"}])
def test_entries_that_are_no_list_are_refused_as_a_whole(phone, trainer, entries):
    assert post(phone, "send", {"owner": str(trainer.pk), "entries": entries})[0] == 400


@pytest.mark.parametrize("owner", [None, 1, "", [], "\ud800"])
def test_a_sending_without_its_owner_is_refused_as_a_whole(phone, owner):
    assert post(phone, "send", {"owner": owner, "entries": []})[0] == 409


def test_a_form_is_no_sending(phone, trainer):
    response = phone.post("/saisie/envoi/", {"owner": str(trainer.pk)})

    assert (response.status_code, response.json()["error"]) == (400, "format")


def test_a_body_of_more_than_sixteen_megabytes_is_refused_in_a_sentence(phone):
    status, answer = post(phone, "send", "[" + "1," * (8 * 1024 * 1024 + 10) + "1]")

    assert (status, answer["error"]) == (413, "size")
    assert "Mo au plus" in answer["sentence"]


def test_more_entries_than_anybody_makes_are_refused_as_a_whole(phone, trainer):
    status, answer = post(phone, "send", {"owner": str(trainer.pk), "entries": [1] * 20_001})

    assert (status, answer["error"]) == (413, "size")


class BrokenStream:
    def read(self, size: int = -1) -> bytes:
        raise OSError("connection reset")

    readline = read


def test_a_sending_cut_on_its_way_is_refused(rf, trainer):
    request = rf.post(
        "/saisie/envoi/", "{}", content_type="application/json", **{"wsgi.input": BrokenStream()}
    )
    request.user = trainer

    assert send_view(request).status_code == 400


def test_an_entry_without_a_readable_id_is_told_by_its_place(phone, trainer, samples):
    upper = samples[2] | {"id": samples[2]["id"].upper()}
    strange = [None, 7, "x", [], {}, {"id": None}, {"id": "\ud800"}, upper]

    answer = send(phone, trainer, [*strange, *samples])

    assert len(answer["accepted"]) == 3
    assert [row["place"] for row in answer["unreadable"]] == list(range(8))
    assert "rien n’en a été enregistré" in answer["unreadable"][0]["sentence"]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (2, {"kind": "grade"}), (2, {"kind": None}), (2, {"kind": []}), (2, {"rank": True}), (2, {"rank": 3.0}),
        (2, {"rank": "3"}), (2, {"rank": 10**30}), (2, {"rank": -1}), (2, {"own_rank": False}),
        (2, {"seen_on": "0000-00-00"}), (2, {"seen_on": "2026-02-30"}), (2, {"seen_on": "20260105"}),
        (2, {"seen_on": "2026-W02-1"}), (2, {"seen_on": "٢٠٢٦-٠١-٠١"}), (2, {"seen_on": None}),
        (2, {"situation": "a\x00b"}), (2, {"situation": "\ud800"}), (2, {"comment": ["x"]}), (2, {"enrollment": 1}),
        (2, {"competency": ""}), (0, {"starts_at": "25:00"}), (0, {"starts_at": "9:00"}), (0, {"ends_at": 12}),
        (0, {"place": "home"}), (0, {"form": True}), (0, {"module": "M9"}), (0, {"theme": "a\x07"}),
        (0, {"presences": {}}), (0, {"presences": [1]}), (0, {"presences": [{}] * 101}), (0, {"trainer": None}),
        (1, {"half": "night"}), (1, {"minutes": 10**9}), (1, {"minutes": True}), (1, {"session": None}),
        (1, {"signed_at": "2026-01-01"}), (1, {"signed_at": "0001-01-01T00:00:00+14:00"}), (1, {"signed_at": 3}),
        (1, {"signed_at": "9999-12-31T23:59:59-14:00"}), (1, {"strokes": None}), (1, {"strokes": "x"}),
        (1, {"strokes": [["\ud800"]]}), (1, {"strokes": [[[1.5, 2, 3]]]}), (1, {"strokes": [[[-1, 2, 3]]]}),
        (1, {"strokes": [[]] * 300_000}),
    ],
)  # fmt: skip
def test_a_field_of_another_shape_refuses_its_entry_alone(phone, trainer, samples, kind, change):
    faulty = samples[kind] | {"id": "00000000-0000-4000-8000-000000000000"} | change

    answer = send(phone, trainer, [faulty, *samples])

    assert sorted(answer["accepted"]) == sorted(entry["id"] for entry in samples)
    assert list(answer["refused"]) == [faulty["id"]]
    assert answer["refused"][faulty["id"]].endswith(".")


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_a_missing_field_refuses_its_entry_alone(phone, trainer, samples, kind):
    whole = samples[kind]
    for missing in set(whole) - {"id", "comment", "own_rank", "enrollment"} | (
        {"enrollment"} if kind == 2 else set()
    ):
        faulty = {name: value for name, value in whole.items() if name != missing}
        assert "pas" in send(phone, trainer, [faulty])["refused"][whole["id"]]


def test_one_id_with_two_contents_is_refused_both_times(phone, trainer, samples):
    entry = samples[2]

    for other in (entry | {"rank": 1}, entry | {"rank": None}, samples[0] | {"id": entry["id"]}):
        answer = send(phone, trainer, [entry, other])
        assert (answer["accepted"], list(answer["refused"])) == ([], [entry["id"]])
    assert not Evaluation.objects.exists()


@MANY
@given(body=JSON)
def test_no_json_breaks_the_doors(phone, body):
    for name in ("send", "receipt"):
        assert post(phone, name, json.dumps(body))[0] in (400, 409)


@MANY
@given(data=st.data())
def test_no_entry_breaks_a_sending_nor_is_half_written(phone, trainer, samples, data):
    """Entries with some fields replaced by anything: what is accepted stands whole, the rest left no trace."""
    entries = []
    for n in range(data.draw(st.integers(1, 4))):
        sample = data.draw(st.sampled_from(samples))
        names = data.draw(st.sets(st.sampled_from(sorted(sample)), max_size=2))
        entries.append(sample | {name: data.draw(JSON, label=f"{n}.{name}") for name in names})
    entries += data.draw(st.lists(JSON, max_size=2))

    answer = send(phone, trainer, json.loads(json.dumps(entries)))

    rows = [*Evaluation.objects.all(), *TrainingSession.objects.all(), *Signature.objects.all()]
    assert set(answer["accepted"]) <= {str(row.pk) for row in rows}
    assert not set(answer["accepted"]) & set(answer["refused"])
    assert len(answer["accepted"]) + len(answer["refused"]) + len(answer["unreadable"]) <= len(entries)
    assert Attendance.objects.count() == TrainingSession.objects.count()
    assert (list(wrong_levels()), wrong_tallies()) == ([], {})
    assert (
        CurrentLevel.objects.count()
        == Evaluation.objects.values("enrollment", "competency").distinct().count()
    )


def test_a_database_that_does_not_answer_stores_nothing_of_the_act_and_is_tried_again(
    phone, trainer, samples
):
    def locked(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "currentlevel" in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        status, answer = post(phone, "send", {"owner": str(trainer.pk), "entries": samples})

    assert (status, answer["error"]) == (503, "busy")
    assert not Evaluation.objects.exists()
    assert len(send(phone, trainer, samples)["accepted"]) == 3


def test_a_token_refused_is_told_in_json_even_without_a_session(db):
    assert post(Client(enforce_csrf_checks=True), "send", {}) == (403, {"error": "csrf"})
