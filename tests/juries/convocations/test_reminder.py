"""What has to leave in time: the notice of the rules, the reminders, the word of the eve."""

from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core import clock
from cqp.config.tasks import watch_juries
from juries.enums import LetterKind, LetterState
from juries.models import Letter
from juries.services.convocations.deadlines import convening_notice
from juries.services.sessions import convene
from juries.services.sessions.convocation_replies import record_reply
from structures.enums import Role
from tests.factories import MembershipFactory
from tests.juries import builders

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


@contextmanager
def days_before(session, days: int, hour: int = 10):
    day = session.held_on - timedelta(days=days)
    with clock.at(datetime.combine(day, time(hour), ZoneInfo("Europe/Paris"))):
        yield


@pytest.fixture(scope="module")
def convened_session(module_db, run_work):
    session = builders.planned()
    MembershipFactory(structure=session.candidates.get().enrollment.structure, role=Role.DIRECTOR)
    convene(session=session, by=session.planned_by)
    run_work()
    return builders.reread(session)


@pytest.fixture
def session(convened_session, db):
    return deepcopy(convened_session)


def watched(run_work, session, days: int, hour: int = 10) -> None:
    with days_before(session, days, hour):
        watch_juries()
        watch_juries()
        run_work()


def test_who_has_not_answered_is_reminded_once_some_days_before(session, run_work, mailoutbox):
    record_reply(letter=Letter.objects.get(kind=LetterKind.CANDIDATE), coming=True, by=None)
    mailoutbox.clear()

    for days in (9, 8, 7, 6, 5):
        watched(run_work, session, days)

    assert Letter.objects.filter(kind=LetterKind.REMINDER).count() == len(mailoutbox) == 3
    assert all("votre réponse" in message.subject for message in mailoutbox)


def test_the_days_are_those_of_the_rules(session, run_work):
    type(session.rules).objects.update(reminder_days=3)

    watched(run_work, session, 4)
    early = Letter.objects.filter(kind=LetterKind.REMINDER).count()
    watched(run_work, session, 3)

    assert (early, Letter.objects.filter(kind=LetterKind.REMINDER).count()) == (0, 4)


def test_on_the_eve_everybody_expected_has_a_short_word(session, run_work, mailoutbox):
    record_reply(letter=Letter.objects.get(kind=LetterKind.CANDIDATE), coming=True, by=None)
    mailoutbox.clear()

    watched(run_work, session, 1)

    assert len(mailoutbox) == 4
    assert all("C’est demain" in message.body for message in mailoutbox)


def test_who_declined_is_left_in_peace(session, run_work, mailoutbox):
    record_reply(letter=Letter.objects.get(kind=LetterKind.CANDIDATE), coming=False, by=None)
    run_work()
    mailoutbox.clear()

    for days in (7, 1):
        watched(run_work, session, days)

    assert (
        Letter.objects.filter(convocation__kind=LetterKind.CANDIDATE).exclude(kind=LetterKind.REPLY).count()
        == 0
    )


def test_nobody_is_reminded_before_the_morning_nor_of_what_just_left(session, run_work):
    with days_before(session, 7, hour=6):
        watch_juries()
    Letter.objects.update(sent_at=clock.now() + timedelta(days=22))
    with days_before(session, 7):
        watch_juries()

    assert not Letter.objects.filter(kind=LetterKind.REMINDER).exists()


def test_a_reminder_that_lost_its_object_does_not_leave(session, run_work, mailoutbox):
    with days_before(session, 7):
        watch_juries()
        record_reply(letter=Letter.objects.get(kind=LetterKind.CANDIDATE), coming=True, by=None)
        mailoutbox.clear()
        run_work()

    late = Letter.objects.get(kind=LetterKind.REMINDER, convocation__kind=LetterKind.CANDIDATE)
    assert late.state == LetterState.USELESS
    assert len(mailoutbox) == 3


def test_hours_changed_by_any_road_are_told_by_the_watch(session, run_work):
    session.candidates.update(interview_at=time(18))

    watched(run_work, session, 20)

    assert Letter.objects.in_force().get(kind=LetterKind.CANDIDATE).number == 1


@pytest.mark.parametrize(
    ("days", "words"), [(24, ""), (23, "au plus tard"), (16, "au plus tard"), (15, "est passé")]
)
def test_the_notice_is_told_as_it_runs_out(days, words):
    session = builders.planned()

    with days_before(session, days):
        notice = convening_notice(session)

    assert words in notice
    assert bool(notice) == bool(words)


def test_a_session_planned_too_late_is_told_at_once(client, certifier):
    builders.rules()
    client.force_login(certifier)
    day = clock.today() + timedelta(days=10)
    place = {"venue": "Lycée", "postcode": "34200", "city": "Sète", "held_on": day.isoformat()}

    page = client.post(reverse("juries:session_plan"), place, follow=True).content.decode()

    assert "Le délai de convocation est passé" in page


def test_the_certifiers_home_says_what_to_convene_and_what_did_not_leave(client, certifier, run_work):
    builders.planned(days=18)
    troubled = builders.convened(days=40)
    run_work()
    client.force_login(certifier)

    page = client.get(reverse("home")).content.decode()

    assert "Convoquez au plus tard" in page
    assert reverse("juries:convocation_list", args=[troubled.pk]) in page


def test_the_page_of_convocations_costs_the_same_with_one_and_four_candidates(
    client, certifier, run_work, django_assert_max_num_queries
):
    pages = [builders.convened(days=30), builders.convened(days=40, candidates=4)]
    run_work()
    client.force_login(certifier)

    counts = []
    for session in pages:
        with django_assert_max_num_queries(24) as queries:
            client.get(reverse("juries:convocation_list", args=[session.pk]))
        counts.append(len(queries))

    assert counts[0] == counts[1]
