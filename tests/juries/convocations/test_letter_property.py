"""Whatever is done to a convened session, in any order: no letter leaves twice, and the last one says what is."""

from collections import Counter
from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core import clock
from core.errors import DomainError
from core.models import Work
from juries.services.convocations.deadlines import write_due_letters
from juries.services.convocations.delivery_log import send_again
from juries.services.convocations.recipients import essential_content, recipients_of
from juries.services.sessions import change_meeting, convene, seat_juror, set_times, withdraw_juror
from juries.services.sessions.convocation_replies import record_reply
from juries.tasks import send_letter
from structures.enums import Role
from tests.factories import MembershipFactory
from tests.juries import builders

ACTS = ("hour", "place", "yes", "no", "leave", "return", "watch", "send", "wait", "again")


@pytest.mark.exhaustive
@pytest.mark.slow
class TestAnyOrder(TestCase):
    @settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3)), min_size=4, max_size=10))
    def test_no_letter_leaves_twice_and_the_last_says_what_is(self, acts):
        mail.outbox = []
        session = builders.planned(candidates=1)
        MembershipFactory(structure=session.candidates.get().enrollment.structure, role=Role.DIRECTOR)
        convene(session=session, by=session.planned_by)
        moment, asked = clock.now(), Counter()

        for act, choice in [*acts, ("send", 0)]:
            if act == "wait":
                moment += timedelta(hours=choice + 1)
            with clock.at(moment):
                do(act, choice, session, asked)

        self.assert_sent_once(asked)
        self.assert_told_what_is(builders.reread(session))

    def assert_sent_once(self, asked: Counter) -> None:
        ids = Counter(message.extra_headers["Message-ID"] for message in mail.outbox)
        assert max(ids.values(), default=0) <= 1
        letters = Counter(name.split(".")[0].strip("<") for name in ids)
        for pk, times in letters.items():
            assert times <= 1 + asked[pk]

    def assert_told_what_is(self, session) -> None:
        told = {(row.kind, row.person_id): row for row in session.letters.in_force()}
        for person in recipients_of(session):
            letter = told[person.key]
            assert essential_content(person.kind, letter.content) == essential_content(
                person.kind, person.content
            )


def do(act: str, choice: int, session, asked: Counter) -> None:
    """One act of a certifier, of a person convened or of a worker; what the rules refuse changes nothing."""
    try:
        with transaction.atomic():
            DEEDS[act](builders.reread(session), choice, asked)
    except DomainError:
        pass


def _hour(session, choice, asked) -> None:
    candidate = session.candidates.get()
    set_times(
        candidate=candidate, production_at=time(8 + choice), interview_at=time(14), by=session.planned_by
    )


def _place(session, choice, asked) -> None:
    place = {"venue": f"Salle {choice}", "postcode": "34200", "city": "Sète"}
    change_meeting(session=session, held_on=session.held_on, by=session.planned_by, **place)


def _answer(session, choice, coming: bool) -> None:
    letters = list(session.letters.in_force().order_by("kind", "pk"))
    if letters:
        letter = letters[choice % len(letters)]
        record_reply(letter=letter, coming=coming, by=letter.recipient)


def _leave(session, choice, asked) -> None:
    seats = list(session.seats.active())
    withdraw_juror(
        seat=seats[choice % len(seats)], reason="Remplacé", by=session.planned_by
    ) if seats else None


def _return(session, choice, asked) -> None:
    for seat in session.seats.exclude(withdrawn_at=None)[:1]:
        seat_juror(session=session, juror=seat.juror, by=session.planned_by)


def _again(session, choice, asked) -> None:
    letters = list(session.letters.in_force().order_by("kind", "pk"))
    if letters:
        letter = letters[choice % len(letters)]
        send_again(letter=letter, by=session.planned_by)
        asked[str(letter.pk)] += 1


def _send(session, choice, asked) -> None:
    for pk in Work.objects.due().filter(task=send_letter.name).values_list("pk", flat=True):
        send_letter.run(str(pk))


DEEDS = {
    "hour": _hour,
    "place": _place,
    "yes": lambda session, choice, asked: _answer(session, choice, True),
    "no": lambda session, choice, asked: _answer(session, choice, False),
    "leave": _leave,
    "return": _return,
    "watch": lambda session, choice, asked: write_due_letters(),
    "send": _send,
    "wait": _send,
    "again": _again,
}
