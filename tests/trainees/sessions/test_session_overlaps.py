"""Whatever is planned, logged, held or cancelled, in whatever order, a trainer is in one place at a time."""

from datetime import time, timedelta
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.errors import DomainError
from trainees.models import Attendance, TrainingSession
from trainees.services.hours.counters import differences
from trainees.services.sessions import Presence, cancel_session, hold_session, log_session, plan_sessions

ACTS = st.tuples(
    st.sampled_from(["plan", "log", "hold", "cancel"]),
    st.integers(0, 2),  # the day, or the rank of the session
    st.integers(0, 5),  # quarters of an hour after 8:00
    st.integers(1, 4),  # its length in quarters of an hour
    st.integers(1, 3),  # weeks
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=3, max_size=9))
def test_a_trainer_and_a_trainee_are_in_one_session_at_a_time(structure, trainer, enrollment, acts):
    Attendance.objects.all().delete()
    TrainingSession.objects.all().delete()
    type(enrollment).objects.update(done_production_minutes=0)

    for act in acts:
        try:
            happen(*act, structure, trainer, enrollment)
        except DomainError:
            continue

    sessions = TrainingSession.objects.exclude(state="cancelled")
    assert not [pair for pair in combinations(sessions, 2) if overlap(*pair)]
    assert list(differences()) == []
    held = TrainingSession.objects.held()
    assert set(Attendance.objects.values_list("session", flat=True)) == {row.pk for row in held}
    series = [row.series for row in TrainingSession.objects.all() if row.series]
    for one in set(series):
        days = TrainingSession.objects.filter(series=one).values_list("held_on", flat=True)
        assert {(day - min(days)).days % 7 for day in days} == {0}


def happen(act, rank, start, length, weeks, structure, trainer, enrollment) -> None:
    facts = {
        "structure": structure,
        "trainer": trainer,
        "starts_at": at(start),
        "ends_at": at(start + length),
        "place": "production",
        "kind": "group",
        "module": "M4",
        "theme": "Tailler",
        "by": trainer,
    }
    here = [Presence(enrollment, 15)]
    session = TrainingSession.objects.order_by("held_on", "starts_at", "pk")[rank : rank + 1].first()
    if act == "plan":
        first_on = clock.today() + timedelta(days=7 * rank)
        plan_sessions(first_on=first_on, weeks=weeks, expected=[enrollment], **facts)
    elif act == "log":
        log_session(held_on=clock.today() - timedelta(days=rank), presences=here, **facts)
    elif session and act == "hold":
        hold_session(session=session, presences=here, by=trainer)
    elif session:
        cancel_session(session=session, whole_rest_of_series=weeks > 2, reason="Gel", by=trainer)


def at(quarters: int) -> time:
    return time(8 + quarters // 4, quarters % 4 * 15)


def overlap(one: TrainingSession, other: TrainingSession) -> bool:
    same_day = one.held_on == other.held_on
    return same_day and one.starts_at < other.ends_at and other.starts_at < one.ends_at
