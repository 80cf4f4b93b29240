"""Who is convened, once each, and what the letters say when something changes."""

from copy import deepcopy
from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core import clock
from core.formats import NBSP
from juries.enums import LetterKind, LetterState
from juries.models import Letter
from juries.services.convocations import sync_convocations
from juries.services.convocations.convocation_sync import CORRECTION_DELAY
from juries.services.sessions import (
    add_candidate,
    cancel_session,
    change_meeting,
    convene,
    remove_candidate,
    seat_juror,
    set_times,
    withdraw_juror,
)
from structures.enums import Role
from tests.factories import JurorFactory, MembershipFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

PLACE = {"venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"}


@pytest.fixture(scope="module")
def convened_session(module_db, run_work):
    """A session of two candidates, convened: the first has a director, the second their own address."""
    session = builders.planned(candidates=2)
    first, second = session.candidates.all()
    MembershipFactory(structure=first.enrollment.structure, role=Role.DIRECTOR)
    second.enrollment.trainee.email = "samira@essai.example"
    second.enrollment.trainee.save()
    second.enrollment.structure.email = "accueil@structure.example"
    second.enrollment.structure.save()
    convene(session=session, by=session.planned_by)
    mail.outbox.clear()
    run_work()
    return builders.reread(session), list(mail.outbox)


@pytest.fixture
def convened(convened_session, db, mailoutbox):
    session, sent = deepcopy(convened_session)
    mailoutbox.extend(sent)
    return session


def later(run_work, delay=CORRECTION_DELAY) -> None:
    with clock.at(clock.now() + delay):
        run_work()


def to(message) -> str:
    return message.to[0]


def test_each_person_is_convened_by_one_message(convened, mailoutbox):
    first, second = convened.candidates.all()
    director = first.enrollment.structure.memberships.get().user

    told = sorted(to(message) for message in mailoutbox)

    jurors = [seat.juror.user.email for seat in builders.seats(convened)]
    by_hand = [director.email]
    structures = [director.email, "accueil@structure.example"]
    assert told == sorted([*jurors, *by_hand, "samira@essai.example", *structures])
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}
    assert second.enrollment.letters.get().sent_to == "samira@essai.example"


def test_nobody_can_be_convened_twice_to_a_session(convened):
    letter = Letter.objects.filter(kind=LetterKind.CANDIDATE).first()
    twin = Letter(session=convened, kind=letter.kind, enrollment=letter.enrollment, number=letter.number + 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_one_letter_at_a_time_has_a_person_without_an_account(convened):
    structure = convened.candidates.first().enrollment.structure
    Letter.objects.create(session=convened, kind=LetterKind.STRUCTURE, structure=structure)

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(session=convened, kind=LetterKind.STRUCTURE, structure=structure, number=1)


def test_saying_it_again_writes_nothing(convened, mailoutbox, run_work):
    before = len(mailoutbox)

    assert sync_convocations(convened) == 0
    later(run_work)

    assert len(mailoutbox) == before


def test_a_moved_session_is_told_again_to_everybody_with_what_changes(convened, mailoutbox, run_work):
    mailoutbox.clear()

    change_meeting(session=convened, held_on=convened.held_on, by=convened.planned_by, **PLACE)
    run_work()
    waiting = len(mailoutbox)
    later(run_work)

    assert waiting == 0
    assert len(mailoutbox) == 6
    assert all("Lycée de la Mer, 34200 Sète." in message.body for message in mailoutbox)
    assert set(Letter.objects.in_force().values_list("number", flat=True)) == {1}


def test_hours_moved_several_times_make_one_letter(convened, mailoutbox, run_work):
    mailoutbox.clear()
    candidate = convened.candidates.last()

    for hour in (15, 16, 17):
        set_times(candidate=candidate, production_at=time(9), interview_at=time(hour), by=convened.planned_by)
    later(run_work)

    theirs = [message for message in mailoutbox if to(message) == "samira@essai.example"]
    assert len(theirs) == 1
    assert f"Entretien{NBSP}: 17{NBSP}h, et non 14{NBSP}h." in theirs[0].body


def test_hours_put_back_make_no_letter(convened, mailoutbox, run_work):
    mailoutbox.clear()
    candidate = convened.candidates.last()

    for hour in (15, 14):
        set_times(candidate=candidate, production_at=time(9), interview_at=time(hour), by=convened.planned_by)
    later(run_work)

    assert mailoutbox == []
    assert set(Letter.objects.in_force().values_list("number", "state")) == {(0, LetterState.SENT)}


def test_a_candidate_added_later_is_convened_and_their_director_told(convened, mailoutbox, run_work):
    mailoutbox.clear()
    structure = convened.candidates.first().enrollment.structure
    director = structure.memberships.get().user
    dossier = builders.accepted_dossier(structure=structure)

    add_candidate(
        session=convened,
        dossier=dossier,
        production_at=time(11),
        interview_at=time(12),
        by=convened.planned_by,
    )
    later(run_work)

    theirs = [message for message in mailoutbox if to(message) == director.email]
    assert sorted(message.subject.split(" ")[0] for message in theirs) == ["Jury", "À"]
    assert any("s’ajoute à la liste" in message.body for message in theirs)


def test_a_candidate_without_hours_is_convened_when_they_have_them(convened, run_work):
    candidate = add_candidate(session=convened, dossier=builders.accepted_dossier(), by=convened.planned_by)
    before = candidate.enrollment.letters.count()

    set_times(candidate=candidate, production_at=time(11), interview_at=time(12), by=convened.planned_by)

    assert (before, candidate.enrollment.letters.count()) == (0, 1)


def test_whoever_is_no_longer_expected_is_told_so(convened, mailoutbox, run_work):
    mailoutbox.clear()
    seat = convened.seats.get(is_president=False)

    withdraw_juror(seat=seat, reason="Remplacé", by=convened.planned_by)
    remove_candidate(candidate=convened.candidates.last(), reason="Congé", by=convened.planned_by)
    run_work()

    told = {to(message): message.subject for message in mailoutbox if "est retirée" in message.subject}
    assert set(told) == {seat.juror.user.email, "samira@essai.example", "accueil@structure.example"}


def test_a_juror_who_comes_back_is_convened_again(convened, mailoutbox, run_work):
    seat = convened.seats.get(is_president=False)
    withdraw_juror(seat=seat, reason="Remplacé", by=convened.planned_by)
    run_work()
    mailoutbox.clear()

    seat_juror(session=convened, juror=seat.juror, by=convened.planned_by)
    run_work()

    assert [to(message) for message in mailoutbox] == [seat.juror.user.email]
    letter = Letter.objects.in_force().get(recipient=seat.juror.user)
    assert letter.number == 2


def test_a_cancelled_session_is_told_to_whoever_was_written_to(convened, mailoutbox, run_work):
    told = sorted(to(message) for message in mailoutbox)
    mailoutbox.clear()

    cancel_session(session=convened, reason="Tempête", by=convened.planned_by)
    run_work()

    assert sorted(to(message) for message in mailoutbox) == told
    assert all("Tempête" in message.body for message in mailoutbox)


def test_a_juror_seated_after_the_convocation_is_written_to(convened):
    seat = seat_juror(session=convened, juror=JurorFactory(), by=convened.planned_by)

    assert Letter.objects.in_force().filter(kind=LetterKind.JUROR, recipient=seat.juror.user).count() == 1


def test_another_day_is_told_beside_the_old_one(convened, mailoutbox, run_work):
    day = convened.held_on + timedelta(days=1)
    change_meeting(session=convened, held_on=day, by=convened.planned_by, **PLACE)
    later(run_work)

    assert any("et non le" in message.body for message in mailoutbox)
