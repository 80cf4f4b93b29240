from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.models import JournalEntry, JournalHead
from core.services.journal import broken_links, record, recorded_together
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TABLE = JournalEntry._meta.db_table
LINES = 5


def add_line(by, **facts) -> JournalEntry:
    facts = {"action": "essai.ligne.ajoutee", "subject": by, "summary": "Une ligne"} | facts
    with transaction.atomic():
        return record(by=by, **facts)


@pytest.fixture
def chain(certifier):
    """Five lines that hold."""
    reasons = ["", "Erreur de saisie", "", "À la demande de la structure", ""]
    return [
        add_line(certifier, reason=reason, data={"rang": rank}, topic_id=certifier.pk if rank % 2 else None)
        for rank, reason in enumerate(reasons)
    ]


@pytest.fixture
def unguarded(chain):
    """The journal once somebody with the keys of the database has lifted its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER "{TABLE}_append_only"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{TABLE}" DISABLE TRIGGER USER')
    return chain


def test_a_chain_of_untouched_lines_holds(chain):
    assert list(broken_links()) == []
    assert [entry.sequence for entry in chain] == [1, 2, 3, 4, 5]
    assert chain[0].previous_hash == "0" * 64
    assert chain[3].previous_hash == chain[2].hash


def test_an_empty_journal_holds(db):
    assert list(broken_links()) == []


def test_a_line_says_the_same_whatever_the_time_zone_and_types_it_was_written_in(certifier):
    with clock.at(datetime(2026, 3, 10, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))):
        add_line(certifier, data={10: ("a", "b"), 9: None, "é": 1.5})

    assert list(broken_links()) == []


def test_an_act_without_a_person_is_the_systems(certifier):
    entry = add_line(None, subject=certifier)

    assert (entry.actor, entry.actor_name) == (None, "le système")


def test_a_line_keeps_within_its_columns(certifier):
    long = UserFactory(email=f"{'a' * 240}@aci.example", first_name="", last_name="")

    entry = add_line(long, summary="x" * 500)

    assert (len(entry.actor_name), len(entry.summary)) == (200, 300)


@pytest.mark.django_db(transaction=True)
def test_a_line_is_never_written_outside_the_transaction_of_what_it_tells():
    with pytest.raises(RuntimeError, match="transaction"):
        record(action="essai", subject=JournalHead(), by=None, summary="Seule")


@pytest.mark.parametrize("field", ["summary", "actor_name", "reason", "hash", "at"])
def test_the_database_refuses_to_change_a_line(field, chain):
    entry = chain[2]

    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        JournalEntry._base_manager.filter(pk=entry.pk).update(**{field: getattr(chain[3], field)})

    assert list(broken_links()) == []


@pytest.mark.postgres
def test_postgresql_refuses_to_delete_a_line(chain):
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        chain[2].delete()


text = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
CHANGES = st.one_of(
    st.tuples(
        st.just("at"),
        st.datetimes(datetime(2001, 1, 1), datetime(9998, 1, 1)).map(lambda at: at.astimezone()),
    ),
    st.tuples(st.sampled_from(["actor_name", "action", "subject_id", "summary", "reason"]), text),
    st.tuples(st.just("subject_type"), text),
    st.tuples(st.just("actor_id"), st.none()),
    st.tuples(st.just("topic_id"), st.uuids()),
    st.tuples(
        st.just("data"), st.dictionaries(text, st.integers(-1000, 1000) | st.booleans() | text, max_size=3)
    ),
    st.tuples(st.sampled_from(["hash", "previous_hash"]), st.from_regex(r"[0-9a-f]{64}", fullmatch=True)),
    st.tuples(st.just("sequence"), st.integers(100, 10_000)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rank=st.integers(1, LINES), change=CHANGES)
def test_a_line_changed_in_any_of_its_fields_is_found(unguarded, rank, change):
    field, value = change
    rows = JournalEntry._base_manager.filter(sequence=rank)
    before = rows.values_list(field, flat=True).get()

    with transaction.atomic():
        rows.update(**{field: value})
        faults = list(broken_links())
        transaction.set_rollback(True)

    if before != value or type(before) is not type(value):
        assert faults, f"{field} of line {rank} was {before!r}, became {value!r}"


@pytest.mark.parametrize("rank", range(1, LINES + 1))
def test_a_line_taken_out_is_found(rank, unguarded):
    JournalEntry.objects.filter(sequence=rank).delete()

    assert list(broken_links()) != []


def test_a_line_made_again_with_its_hash_breaks_the_next(unguarded):
    forged = unguarded[2]
    forged.summary = "Autre chose"
    JournalEntry._base_manager.filter(pk=forged.pk).update(summary=forged.summary, hash=forged.fingerprint())

    assert [rank for rank, _ in broken_links()] == [4]


def test_a_journal_emptied_with_its_end_is_found_by_its_end_alone(unguarded):
    JournalEntry.objects.all().delete()

    assert list(broken_links()) != []


def test_the_end_of_the_chain_cannot_be_taken_away(unguarded):
    JournalHead.objects.all().delete()

    assert list(broken_links()) != []


def test_the_command_proves_a_chain_that_holds(chain):
    out = StringIO()

    call_command("verify_journal", stdout=out)

    assert "tient : 5 lignes" in out.getvalue()


def test_the_command_fails_with_the_faulty_ranks(unguarded):
    JournalEntry._base_manager.filter(sequence=3).update(summary="Autre chose")
    err = StringIO()

    with pytest.raises(CommandError, match="rompue") as failure:
        call_command("verify_journal", stderr=err)

    assert failure.value.returncode == 1
    assert "rang 3 : a été modifiée" in err.getvalue()


def test_only_the_certifier_reads_the_journal(chain, certifier, director):
    assert JournalEntry.objects.visible_to(certifier).count() == LINES
    assert not JournalEntry.objects.visible_to(director).exists()


def test_a_thread_gathers_its_lines_newest_first(chain, certifier):
    add_line(certifier, topic_id=UUID(int=7))

    assert [entry.sequence for entry in JournalEntry.objects.about(certifier.pk)] == [4, 2]


def test_lines_written_at_another_moment_keep_their_order(certifier):
    add_line(certifier)
    with clock.at(clock.now() - timedelta(days=400)):
        add_line(certifier)

    assert list(broken_links()) == []
    assert JournalEntry.objects.first().sequence == 2


def test_lines_kept_together_make_the_same_chain_in_their_order(chain, certifier):
    with transaction.atomic(), recorded_together():
        kept = [add_line(certifier, reason=reason) for reason in ("un", "deux", "trois")]
        before_the_end = JournalEntry.objects.count()
    add_line(certifier, reason="après")

    assert before_the_end == LINES
    assert list(broken_links()) == []
    assert [entry.sequence for entry in kept] == [6, 7, 8]
    assert list(JournalEntry.objects.values_list("reason", flat=True)[:4]) == ["après", "trois", "deux", "un"]


def test_lines_kept_together_are_written_in_three_queries(certifier, django_assert_num_queries):
    add_line(certifier)

    with transaction.atomic(), django_assert_num_queries(3), recorded_together():
        for _ in range(20):
            record(action="essai.ligne.ajoutee", subject=certifier, by=certifier, summary="Une ligne")


def test_lines_kept_together_go_with_the_transaction_that_failed(chain, certifier):
    with pytest.raises(ZeroDivisionError), transaction.atomic(), recorded_together():
        add_line(certifier)
        _ = 1 / 0

    assert JournalEntry.objects.count() == LINES
    assert list(broken_links()) == []
