from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from tests.factories import EnrollmentFactory, MembershipFactory, StructureFactory, UserFactory
from trainees.models import Attendance, TrainingSession
from trainees.models.enrollments.enrollment import MOST_MINUTES
from trainees.services.enrollments import leave, pause
from trainees.services.hours.counters import differences
from trainees.services.sessions import Presence, correct_attendance, withdraw_session

pytestmark = pytest.mark.date_sensitive


def test_a_session_gives_its_hours_to_those_who_were_there(do_log, crew):
    presences = [Presence(crew[0], 180), Presence(crew[1], 60), Presence(crew[2], 0, "justified")]

    session = do_log(presences=presences, place="classroom")

    for enrollment, minutes in zip(crew, (180, 60, 0), strict=True):
        enrollment.refresh_from_db()
        assert enrollment.done_classroom_minutes == minutes
    assert session.attendances.count() == 3
    assert list(differences()) == []
    line = JournalEntry.objects.get(action="trainees.session.logged")
    assert line.data["presences"][str(crew[2].pk)] == "justified"


def test_the_whole_crew_costs_as_many_queries_as_one_person(do_log, structure, trainer):
    def cost(size: int, hour: int) -> int:
        presences = [Presence(row, 60) for row in EnrollmentFactory.create_batch(size, structure=structure)]
        with CaptureQueriesContext(connection) as queries:
            do_log(starts_at=time(hour), ends_at=time(hour + 1), presences=presences)
        return len(queries)

    do_log(starts_at=time(14), ends_at=time(17))

    assert cost(1, 8) == cost(12, 10) <= 15


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_at": time(9)}, "finit avant"),
        ({"starts_at": time(7), "ends_at": time(17, 1)}, "10 heures"),
        ({"theme": " "}, "thème"),
        ({"presences": []}, "Personne n’est noté"),
    ],
)
def test_an_impossible_session_is_refused(do_log, changes, words):
    with pytest.raises(DomainError, match=words):
        do_log(**changes)

    assert TrainingSession.objects.count() == 0


@pytest.mark.parametrize(("days", "words"), [(1, "à venir"), (-250, r"hors du contrat|n’encadrait pas")])
def test_a_session_on_an_impossible_day_is_refused(do_log, days, words):
    with pytest.raises(DomainError, match=words):
        do_log(held_on=clock.today() + timedelta(days=days))

    assert TrainingSession.objects.count() == 0


@pytest.mark.parametrize(
    ("minutes", "absence", "words"),
    [
        (181, "", "dépasse la séance"),
        (0, "", "indiquez"),
        (60, "leave", "indiquez"),
        (0, "holiday", "indiquez"),
        (-5, "", "indiquez"),
    ],
)
def test_a_presence_says_one_possible_thing(do_log, enrollment, minutes, absence, words):
    with pytest.raises(DomainError, match=words):
        do_log(presences=[Presence(enrollment, minutes, absence)])


def test_an_individual_session_has_one_trainee(do_log, crew):
    with pytest.raises(DomainError, match="une seule personne"):
        do_log(kind="individual", presences=[Presence(row, 60) for row in crew])

    session = do_log(kind="individual", presences=[Presence(crew[0], 60)])
    assert JournalEntry.objects.get(subject_id=str(session.pk)).topic_id == crew[0].pk


def test_nobody_is_noted_twice(do_log, enrollment):
    with pytest.raises(DomainError, match="deux fois"):
        do_log(presences=[Presence(enrollment, 60)] * 2)


def test_a_trainer_leads_one_session_at_a_time(do_log, crew):
    do_log()

    with pytest.raises(DomainError, match="anime déjà"):
        do_log(starts_at=time(11), ends_at=time(13), presences=[Presence(crew[0], 60)])

    assert do_log(starts_at=time(12), ends_at=time(13), presences=[Presence(crew[0], 60)]).pk


def test_a_trainee_is_in_one_session_at_a_time(do_log, enrollment, counsellor):
    do_log()

    with pytest.raises(DomainError, match="déjà en séance"):
        do_log(trainer=counsellor, starts_at=time(11), ends_at=time(14))

    assert do_log(trainer=counsellor, starts_at=time(11), presences=[Presence(enrollment, 0, "steps")]).pk


def test_the_trainer_trained_there_that_day(do_log, trainer, director):
    with pytest.raises(DomainError, match="n’encadrait pas"):
        do_log(trainer=UserFactory())
    with pytest.raises(DomainError, match="n’encadrait pas"):
        do_log(trainer=director)

    trainer.memberships.update(ends_on=clock.today() - timedelta(days=2))
    assert do_log().pk
    with pytest.raises(DomainError, match="n’encadrait pas"):
        do_log(held_on=clock.today())


def test_trainees_of_elsewhere_are_refused(do_log):
    with pytest.raises(DomainError, match="n’est pas de cette structure"):
        do_log(presences=[Presence(EnrollmentFactory(), 60)])


def test_a_closed_or_paused_enrollment_receives_no_hours(do_log, crew, exit_reason, director):
    leave(enrollment=crew[0], reason=exit_reason, by=director)
    pause(enrollment=crew[1], reason="Congé", starts_on=clock.today() - timedelta(days=7), by=director)

    with pytest.raises(DomainError, match="Parcours clos"):
        do_log(presences=[Presence(crew[0], 60)])
    with pytest.raises(DomainError, match="En pause"):
        do_log(presences=[Presence(crew[1], 60)])
    assert do_log(held_on=clock.today() - timedelta(days=8), presences=[Presence(crew[1], 60)]).pk


def test_a_signed_month_receives_no_session(do_log, enrollment, sign_month):
    session = do_log()
    sign_month(enrollment, session.held_on)

    with pytest.raises(DomainError, match="est signée"):
        do_log(starts_at=time(14), ends_at=time(15), presences=[Presence(enrollment, 60)])


def test_399_hours_are_a_cap_that_says_who_and_by_how_much(do_log, crew):
    crew[0].done_production_minutes = MOST_MINUTES - 60
    crew[0].save()

    with pytest.raises(DomainError, match=r"Samira DUPONT\d+ \(1.h.30 de trop\)"):
        do_log(presences=[Presence(crew[0], 150), Presence(crew[1], 150)])

    assert Attendance.objects.count() == 0
    assert do_log(presences=[Presence(crew[0], 60), Presence(crew[1], 150)]).pk


def test_a_presence_is_corrected_with_a_reason(do_log, enrollment, trainer):
    attendance = do_log().attendances.get()

    correct_attendance(attendance=attendance, minutes=90, reason="Partie à 10 h 30", by=trainer)

    enrollment.refresh_from_db()
    assert enrollment.done_production_minutes == 90
    line = JournalEntry.objects.get(action="trainees.attendance.corrected")
    assert line.topic_id == enrollment.pk
    assert line.data["before"]["minutes"] == 180
    assert line.reason == "Partie à 10 h 30"


def test_a_correction_obeys_the_rules_of_a_presence(do_log, enrollment, trainer, sign_month):
    attendance = do_log().attendances.get()

    for changes, words in [
        ({"reason": " "}, "porte son motif"),
        ({"minutes": 200}, "dépasse"),
        ({"minutes": 180}, "rien à corriger"),
        ({"minutes": 0}, "indiquez"),
    ]:
        with pytest.raises(DomainError, match=words):
            correct_attendance(
                **{"attendance": attendance, "minutes": 60, "reason": "x", "by": trainer} | changes
            )

    sign_month(enrollment, attendance.session.held_on)
    with pytest.raises(DomainError, match="est signée"):
        correct_attendance(attendance=attendance, minutes=60, reason="x", by=trainer)


def test_an_absence_does_not_become_a_presence_in_two_places(do_log, enrollment, counsellor, trainer):
    do_log(trainer=counsellor)
    away = do_log(presences=[Presence(enrollment, 0, "steps")]).attendances.get()

    with pytest.raises(DomainError, match="déjà en séance"):
        correct_attendance(attendance=away, minutes=60, reason="Était là", by=trainer)


def test_a_session_logged_by_mistake_is_withdrawn_with_its_hours(do_log, enrollment, trainer):
    session = do_log()
    attendance = session.attendances.get()

    withdraw_session(session=session, reason="Mauvais jour", by=trainer)

    enrollment.refresh_from_db()
    assert enrollment.done_minutes == 0
    assert TrainingSession.objects.count() == 0
    assert JournalEntry.objects.get(action="trainees.session.withdrawn").data["presences"]
    with pytest.raises(StaleState):
        correct_attendance(attendance=attendance, minutes=60, reason="x", by=trainer)


def test_a_withdrawal_says_why_and_leaves_signed_months_alone(do_log, enrollment, trainer, sign_month):
    session = do_log()

    with pytest.raises(DomainError, match="porte son motif"):
        withdraw_session(session=session, reason="", by=trainer)

    sign_month(enrollment, session.held_on)
    with pytest.raises(DomainError, match="est signée"):
        withdraw_session(session=session, reason="Doublon", by=trainer)


def test_a_person_who_trains_in_two_structures_leads_one_session_at_a_time(do_log, trainer):
    do_log()
    elsewhere = StructureFactory()
    MembershipFactory(structure=elsewhere, user=trainer)
    other = EnrollmentFactory(structure=elsewhere)

    with pytest.raises(DomainError, match="anime déjà"):
        do_log(structure=elsewhere, presences=[Presence(other, 60)])
