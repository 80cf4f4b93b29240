from datetime import time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core import clock
from core.errors import DomainError
from tests.factories import EnrollmentFactory, MembershipFactory, StructureFactory, TrainingSessionFactory
from trainees.models import Attendance, Enrollment
from trainees.models.enrollments.enrollment import MOST_MINUTES
from trainees.services.hours.counters import differences
from trainees.services.immersions import confirm_immersion, plan_immersion
from trainees.services.sessions import Presence, correct_attendance, log_session, withdraw_session

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["production", "classroom", "immersion", "correct", "withdraw"]),
        st.integers(min_value=0, max_value=600),
        st.integers(min_value=0, max_value=600),
    ),
    max_size=12,
)


class HoursOfAnyLife(TestCase):
    """Whatever happens to a crew of two, nobody passes 399 h and the counters say what the rows say."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(acts=ACTS, start=st.integers(min_value=MOST_MINUTES - 3000, max_value=MOST_MINUTES))
    def test_any_sequence_of_acts_keeps_the_cap_and_the_count(self, acts, start):
        structure = StructureFactory()
        trainer = MembershipFactory(structure=structure).user
        crew = EnrollmentFactory.create_batch(
            2, structure=structure, contract_start=clock.today() - timedelta(400)
        )
        fill(structure, trainer, crew[0], start)

        for day, (act, first, second) in enumerate(acts, start=1):
            try:
                happen(act, (first, second), day, structure, trainer, crew)
            except DomainError:
                continue

        assert max(row.done_minutes for row in Enrollment.objects.all()) <= MOST_MINUTES
        assert list(differences()) == []


def fill(structure, trainer, enrollment, minutes: int) -> None:
    """Bring an enrolment near its cap at once, by one row as long as all that came before."""
    session = TrainingSessionFactory(
        structure=structure, trainer=trainer, held_on=clock.today() - timedelta(200)
    )
    Attendance.objects.create(
        session=session, enrollment=enrollment, place=session.place, session_minutes=minutes, minutes=minutes
    )
    enrollment.done_production_minutes = minutes
    enrollment.save()


def log(structure, trainer, day, length, presences, place):
    return log_session(
        structure=structure,
        trainer=trainer,
        held_on=day,
        starts_at=time(8),
        ends_at=time(8 + length // 60, length % 60),
        place=place,
        kind="group",
        module="M4",
        theme="Tailler",
        presences=presences,
        by=trainer,
    )


def happen(act, minutes, day, structure, trainer, crew) -> None:
    on = clock.today() - timedelta(days=day)
    if act in ("production", "classroom"):
        presences = [
            Presence(row, done, "" if done else "leave") for row, done in zip(crew, minutes, strict=True)
        ]
        log(structure, trainer, on, max(*minutes, 1), presences, act)
    elif act == "immersion":
        immersion = plan_immersion(
            enrollment=crew[0],
            host_name=f"Entreprise {day}",
            tutor_name="Paul Tuteur",
            purpose="discover",
            objectives="Voir",
            starts_on=on,
            ends_on=on,
            planned_minutes=60,
            by=trainer,
        )
        confirm_immersion(immersion=immersion, done_minutes=minutes[0], by=trainer)
    else:
        session = structure.training_sessions.first()
        if session and act == "correct":
            attendance = session.attendances.first()
            correct_attendance(attendance=attendance, minutes=minutes[0], reason="Erreur", by=trainer)
        elif session:
            withdraw_session(session=session, reason="Erreur", by=trainer)


@pytest.fixture
def wrong_counter(do_log, enrollment):
    do_log()
    Enrollment.objects.filter(pk=enrollment.pk).update(done_production_minutes=60, done_immersion_minutes=30)


def test_a_recount_lists_every_counter_that_lies(wrong_counter, enrollment):
    out = StringIO()

    with pytest.raises(CommandError, match=r"2.différences"):
        call_command("recount", stdout=out)

    assert "en situation de production\u00a0: 1\u00a0h gardées, 3\u00a0h comptées" in out.getvalue()
    enrollment.refresh_from_db()
    assert enrollment.done_production_minutes == 60


def test_a_recount_mends_when_asked(wrong_counter, enrollment):
    call_command("recount", fix=True, stdout=StringIO())

    enrollment.refresh_from_db()
    assert (enrollment.done_production_minutes, enrollment.done_immersion_minutes) == (180, 0)
    out = StringIO()
    call_command("recount", stdout=out)
    assert out.getvalue() == "0\u00a0différence.\n"
