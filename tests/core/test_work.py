"""Work that must not be lost: a row first, a message second."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from core import clock
from core.enums import WorkState
from core.models import Work
from core.models.work import LEASE, MOST_ATTEMPTS
from core.services.work import retry, schedule
from core.tasks import send_messages, sweep_work, work_task

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
done: list[UUID] = []


@work_task
def write_down(subject_id: UUID) -> None:
    done.append(subject_id)


@work_task
def break_down(subject_id: UUID) -> None:
    raise OSError("disque plein")


@work_task
def lose_the_lease(subject_id: UUID) -> None:
    """As if the work lasted longer than its lease, and another worker took it meanwhile."""
    Work.objects.filter(subject_id=subject_id).update(attempts=2)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def work_for(task, *, at: datetime = NOON, **fields) -> Work:
    with clock.at(at):
        return Work.objects.create(task=task.name, subject_id=uuid4(), **fields)


def run(task, work: Work, at: datetime = NOON) -> Work:
    with clock.at(at):
        task.apply(args=[str(work.pk)], throw=True)
    work.refresh_from_db()
    return work


def test_a_piece_is_done_once_however_many_messages_arrive():
    work = work_for(write_down)

    run(write_down, work)
    run(write_down, work)

    assert done == [work.subject_id]
    assert (work.state, work.done_at, work.attempts) == (WorkState.DONE, NOON, 1)


def test_a_piece_is_claimed_by_one_worker():
    work = work_for(write_down)

    with clock.at(NOON):
        takes = [Work.objects.take() for _ in range(3)]

    assert takes == [work, None, None]


def test_a_piece_unknown_or_not_yet_due_is_left_alone():
    later = work_for(write_down, due_at=NOON + timedelta(minutes=1))

    run(write_down, later)
    with clock.at(NOON):
        write_down.apply(args=[str(uuid4())], throw=True)

    assert done == []
    assert later.state == WorkState.PENDING


def test_the_piece_of_a_dead_worker_is_taken_again_when_its_lease_ends():
    work = work_for(write_down)
    with clock.at(NOON):
        Work.objects.take()

    run(write_down, work, at=NOON + LEASE - timedelta(seconds=1))
    assert done == []
    run(write_down, work, at=NOON + LEASE)

    assert done == [work.subject_id]
    assert work.attempts == 2


def test_a_worker_that_lost_its_lease_says_nothing_more():
    work = run(lose_the_lease, work_for(lose_the_lease))

    assert work.state == WorkState.RUNNING


def test_a_piece_that_fails_waits_longer_each_time_then_is_set_aside():
    work = work_for(break_down)
    moment, delays = NOON, []

    for _ in range(MOST_ATTEMPTS):
        run(break_down, work, at=moment)
        delays.append((work.due_at - moment).total_seconds())
        moment = work.due_at

    laws = [10, 20, 40, 80, 160, 320, 640]
    assert all(law <= delay < law * 1.25 for law, delay in zip(laws, delays[:-1], strict=True))
    assert (work.state, work.attempts) == (WorkState.SET_ASIDE, 8)
    assert work.error == "OSError: disque plein"
    assert not Work.objects.due().exists()


def test_a_piece_set_aside_gets_a_fresh_set_of_attempts_on_demand():
    work = work_for(write_down, state=WorkState.SET_ASIDE, attempts=8, error="disque plein")

    retry(task=write_down, subject_id=work.subject_id)

    run(write_down, work, at=clock.now())
    assert (work.state, work.attempts, work.error) == (WorkState.DONE, 1, "")


def test_a_piece_that_takes_its_workers_down_is_set_aside():
    deadly = work_for(break_down, state=WorkState.RUNNING, attempts=8, lease_until=NOON)
    alive = work_for(break_down, state=WorkState.RUNNING, attempts=8, lease_until=NOON + timedelta(minutes=5))

    with clock.at(NOON):
        sweep_work.apply(throw=True)

    deadly.refresh_from_db()
    alive.refresh_from_db()
    assert (deadly.state, alive.state) == (WorkState.SET_ASIDE, WorkState.RUNNING)
    assert "à chaque essai" in deadly.error


def test_a_piece_that_takes_its_workers_down_is_not_taken_before_the_sweep_either():
    work_for(break_down, state=WorkState.RUNNING, attempts=MOST_ATTEMPTS, lease_until=NOON)

    with clock.at(NOON):
        assert Work.objects.take() is None


def test_asking_twice_is_asking_once(run_work):
    subject = uuid4()

    schedule(write_down, subject)
    schedule(write_down, [subject, uuid4()])
    run_work()

    assert Work.objects.count() == 2
    assert sorted(done) == sorted(Work.objects.values_list("subject_id", flat=True))


def test_work_goes_away_with_the_act_that_asked_for_it():
    with transaction.atomic():
        schedule(write_down, uuid4())
        transaction.set_rollback(True)

    assert not Work.objects.exists()


def test_the_message_leaves_once_the_act_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        schedule(write_down, uuid4())

    assert len(waiting) == 1


def test_a_broker_that_does_not_answer_loses_nothing(settings):
    def pieces():
        yield write_down.name, uuid4()
        raise OSError("connexion refusée")

    assert send_messages(pieces()) == 1


def test_without_a_broker_no_message_is_sent(settings):
    settings.CELERY_BROKER_URL = ""

    assert send_messages([(write_down.name, uuid4())]) == 0
