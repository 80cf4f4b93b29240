"""Workers at the queue: who takes what, in which order, and what messages are worth."""

import errno
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from queue import Empty
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from celery import current_app
from django.db import connection, transaction

from core import clock
from core.enums import WorkState
from core.errors import Postponed
from core.models import Work
from core.models.work import MOST_ATTEMPTS
from core.services.work import retry_all, schedule
from core.tasks import DISK_FULL, MOST_MESSAGES, TURN_PIECES, delay_after, pieces_to_do, sweep_work, work_task

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
done: list[UUID] = []
doors = {"held": False}


@work_task
def note(subject_id: UUID) -> None:
    done.append(subject_id)


@work_task(is_paused=lambda: doors["held"])
def note_when_open(subject_id: UUID) -> None:
    done.append(subject_id)


@work_task
def fill_the_disk(subject_id: UUID) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@work_task
def wait_for_the_key(subject_id: UUID) -> None:
    raise Postponed("La clé du certificateur n’est pas posée.")


@work_task(within=timedelta(seconds=40))
def note_quickly(subject_id: UUID) -> None:
    done.append(subject_id)


@pytest.fixture(autouse=True)
def _fresh():
    done.clear()
    doors["held"] = False
    current_app.control.purge()
    yield
    current_app.control.purge()


def works(task, count: int, *, at: datetime = NOON, **fields) -> list[Work]:
    """Pieces due one second after another, from that moment on."""
    rows = []
    for second in range(count):
        with clock.at(at + timedelta(seconds=second)):
            rows.append(Work.objects.create(task=task.name, subject_id=uuid4(), **fields))
    return rows


def wake(task, *arguments: str, at: datetime = NOON + timedelta(hours=1)) -> None:
    with clock.at(at):
        task.apply(args=arguments, throw=True)


def messages() -> list[tuple[str, list]]:
    """What waits on the broker, taken out of it."""
    found = []
    with current_app.connection_for_read() as link, link.SimpleQueue("celery") as queue:
        while True:
            try:
                message = queue.get(timeout=0.3)
            except Empty:
                return found
            message.ack()
            found.append((message.headers["task"], message.payload[0]))


def test_one_message_is_enough_for_pieces_whose_messages_were_lost():
    rows = works(note, 3)

    wake(note)

    assert done == [row.subject_id for row in rows]
    assert messages() == []


def test_the_piece_that_the_message_names_comes_first_then_the_oldest():
    first, second, third = works(note, 3)

    wake(note, str(third.pk))

    assert done == [third.subject_id, first.subject_id, second.subject_id]


def test_a_worker_lets_the_other_tasks_have_their_turn_and_asks_for_the_next_one():
    works(note, TURN_PIECES + 2)

    wake(note)

    assert len(done) == TURN_PIECES
    assert messages() == [(note.name, [])]


def test_a_worker_does_not_take_the_pieces_of_another_task():
    works(note_quickly, 1)

    wake(note)

    assert done == []


def test_a_piece_that_fails_does_not_end_the_turn():
    works(fill_the_disk, 2)

    wake(fill_the_disk)

    assert list(Work.objects.values_list("attempts", flat=True)) == [1, 1]


def test_the_sweep_sends_few_messages_for_many_pieces():
    works(note, MOST_MESSAGES + 5)
    works(note_quickly, 2)
    works(note_when_open, 1, state=WorkState.DONE, done_at=NOON)

    sweep_work.apply(throw=True)

    sent = messages()
    assert sent.count((note.name, [])) == MOST_MESSAGES
    assert sent.count((note_quickly.name, [])) == 2
    assert len(sent) == MOST_MESSAGES + 2


def test_a_release_of_many_pieces_sends_few_messages(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        schedule(note, [uuid4() for _ in range(MOST_MESSAGES * 2)])

    assert len(messages()) == MOST_MESSAGES


def test_a_held_task_takes_nothing_and_costs_no_attempt():
    doors["held"] = True
    works(note_when_open, 2)

    wake(note_when_open)
    sweep_work.apply(throw=True)

    assert (done, messages()) == ([], [])
    assert set(Work.objects.values_list("state", "attempts")) == {(WorkState.PENDING, 0)}
    doors["held"] = False
    wake(note_when_open)
    assert len(done) == 2


def test_what_no_task_of_this_version_does_is_left_where_it_is():
    works(note, 2)
    Work.objects.create(task="gone.with.the.last.version", subject_id=uuid4(), due_at=NOON)

    assert pieces_to_do() == {note.name: 2}


def test_the_lease_of_a_task_follows_the_time_that_it_has():
    (work,) = works(note_quickly, 1)

    with clock.at(NOON):
        taken = Work.objects.filter(task=note_quickly.name).take(lease=timedelta(seconds=60))

    assert (taken, taken.lease_until) == (work, NOON + timedelta(seconds=60))
    assert (note_quickly.soft_time_limit, note_quickly.time_limit) == (40, 50)


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (fill_the_disk, DISK_FULL),
        (wait_for_the_key, "La clé du certificateur n’est pas posée."),
    ],
)
def test_what_is_no_fault_of_the_piece_is_tried_for_as_long_as_it_lasts(task, reason):
    (work,) = works(task, 1)
    moment = NOON

    for _ in range(MOST_ATTEMPTS * 2):
        wake(task, at=moment)
        work.refresh_from_db()
        moment = work.due_at

    assert (work.state, work.error) == (WorkState.PENDING, reason)
    assert work.attempts < MOST_ATTEMPTS


def test_pieces_that_failed_together_do_not_come_back_together():
    delays = {delay_after(Work(attempts=4)).total_seconds() for _ in range(30)}

    assert len(delays) > 20
    assert all(80 <= delay < 100 for delay in delays)


def test_no_delay_is_much_longer_than_an_hour():
    assert timedelta(hours=1) <= delay_after(Work(attempts=30)) < timedelta(hours=1.25)


def test_all_that_was_set_aside_is_given_again_at_once(django_capture_on_commit_callbacks):
    works(note, 3, state=WorkState.SET_ASIDE, attempts=8, error="OSError")
    works(note_quickly, 1, state=WorkState.SET_ASIDE, attempts=8, error="OSError")

    with django_capture_on_commit_callbacks(execute=True):
        count = retry_all(task=note)

    assert count == 3
    assert messages() == [(note.name, [])] * 3
    assert Work.objects.filter(state=WorkState.SET_ASIDE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_share_the_pieces_and_none_is_taken_twice():
    rows, start = works(note, 40), Barrier(4)

    def take_all() -> list[UUID]:
        try:
            start.wait()
            taken = []
            while work := Work.objects.filter(task=note.name).take():
                taken.append(work.pk)
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        shares = [share.result() for share in [pool.submit(take_all) for _ in range(4)]]

    taken = [pk for share in shares for pk in share]
    assert sorted(taken) == sorted(row.pk for row in rows)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_piece_in_the_hands_of_another_is_skipped_without_waiting():
    first, second = works(note, 2)

    def take() -> Work | None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
            return Work.objects.take()
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        Work.objects.select_for_update().get(pk=first.pk)
        taken = pool.submit(take).result()

    assert taken == second
