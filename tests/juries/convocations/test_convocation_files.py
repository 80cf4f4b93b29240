"""What a convocation carries: its PDF read back, its calendar file parsed back, who may take them."""

from copy import deepcopy
from datetime import datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from juries.documents.convocations import calendar_file, render_convocation, reply_link
from juries.enums import LetterKind
from juries.models import Letter
from juries.services.sessions import convene, set_times, withdraw_juror
from structures.enums import Role
from tests.factories import MembershipFactory, UserFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

FRANCE = ZoneInfo("Europe/Paris")


@pytest.fixture(scope="module")
def convened(module_db, run_work):
    session = builders.planned(candidates=2)
    enrollment = session.candidates.first().enrollment
    enrollment.structure.phone = "04 67 00 00 00"
    enrollment.structure.save()
    session.directions = "Tram 2, arrêt Port."
    session.save()
    MembershipFactory(structure=enrollment.structure, role=Role.DIRECTOR)
    convene(session=session, by=session.planned_by)
    mail.outbox.clear()
    run_work()
    return builders.reread(session), list(mail.outbox)


@pytest.fixture
def session(convened, db, mailoutbox):
    session, sent = deepcopy(convened)
    mailoutbox.extend(sent)
    return session


def of_candidate(session) -> Letter:
    return session.candidates.first().enrollment.letters.in_force().with_people().get()


def of_juror(session) -> Letter:
    return Letter.objects.with_people().get(recipient=builders.president(session).user)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def events(file: bytes) -> list:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def test_the_candidates_letter_says_all_on_one_tagged_page(session):
    pdf = render_convocation(of_candidate(session))

    reader, text = PdfReader(BytesIO(pdf)), text_of(pdf)
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    for words in ("À 8 h", "À 13 h", "34200 Sète", "Tram 2", "pièce d’identité", "04 67 00 00 00"):
        assert words in text, words
    assert "référent handicap" in text


def test_the_same_letter_gives_the_same_file(session):
    letter = of_candidate(session)

    assert render_convocation(letter) == render_convocation(letter)
    assert calendar_file(letter) == calendar_file(letter)


def test_the_juror_has_the_law_for_their_employer_and_no_candidates_name(session):
    text = text_of(render_convocation(of_juror(session)))

    assert "L3142-42" in text
    assert "présider" in text
    assert not any(str(row.enrollment.trainee) in text for row in session.candidates.all())


def test_the_structure_has_the_hours_of_each_of_its_candidates(session):
    letter = Letter.objects.with_people().get(kind=LetterKind.STRUCTURE, recipient__isnull=False)

    text = text_of(render_convocation(letter))

    assert str(session.candidates.first().enrollment.trainee) in text
    assert str(session.candidates.last().enrollment.trainee) not in text


def test_the_calendar_file_holds_both_tests_at_the_hour_of_france(session):
    file = calendar_file(of_candidate(session))

    calendar = Calendar.from_ical(file)
    production, interview = events(file)
    assert calendar["method"] == "PUBLISH"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert production.start == datetime.combine(session.held_on, time(8), FRANCE)
    assert production.duration == timedelta(minutes=session.rules.production_minutes)
    assert interview.start.utcoffset() == interview.start.replace(tzinfo=FRANCE).utcoffset()
    assert {event["status"] for event in (production, interview)} == {"CONFIRMED"}


def test_a_change_keeps_the_uid_and_raises_the_sequence(session):
    before = events(calendar_file(of_candidate(session)))
    candidate = session.candidates.first()

    set_times(candidate=candidate, production_at=time(7), interview_at=time(16), by=session.planned_by)

    after = events(calendar_file(of_candidate(session)))
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert [event["sequence"] for event in before] == [0, 0]
    assert [event["sequence"] for event in after] == [1, 1]


def test_taking_back_cancels_the_same_event(session, mailoutbox, run_work):
    uid = events(calendar_file(of_juror(session)))[0]["uid"]
    mailoutbox.clear()

    withdraw_juror(seat=session.seats.get(is_president=True), reason="Remplacé", by=session.planned_by)
    run_work()

    _, content, kind = next(part for message in mailoutbox for part in message.attachments)
    [event] = events(content)
    assert Calendar.from_ical(content)["method"] == "CANCEL"
    assert (event["uid"], event["sequence"], event["status"]) == (uid, 1, "CANCELLED")
    assert "method=CANCEL" in kind


def test_the_message_carries_both_files_and_the_link(session, mailoutbox):
    letter = of_juror(session)

    message = next(row for row in mailoutbox if row.to == [letter.recipient.email])

    assert [kind.split(";")[0] for _, _, kind in message.attachments] == ["application/pdf", "text/calendar"]
    assert reply_link(letter) in message.body


def test_each_takes_their_own_files_and_nobody_elses(client, session):
    candidate, juror = of_candidate(session), of_juror(session)
    director = candidate.enrollment.structure.memberships.get().user
    stranger = MembershipFactory(role=Role.DIRECTOR).user

    seen = {}
    for name, person in {"juror": juror.recipient, "director": director, "stranger": stranger}.items():
        client.force_login(person)
        urls = [reverse("juries:convocation_file", args=[letter.pk]) for letter in (candidate, juror)]
        seen[name] = [client.get(url).status_code for url in urls]

    assert seen == {"juror": [404, 200], "director": [200, 404], "stranger": [404, 404]}


def test_the_trainee_finds_their_convocation_on_their_own_page(client, session):
    letter = of_candidate(session)
    letter.enrollment.trainee.user = UserFactory()
    letter.enrollment.trainee.save()
    client.force_login(letter.enrollment.trainee.user)

    page = client.get(reverse("my_dossier")).content.decode()

    assert reverse("juries:convocation_file", args=[letter.pk]) in page
    assert reverse("juries:convocation_calendar", args=[letter.pk]) in page


def test_the_director_finds_theirs_at_home(client, session):
    letter = Letter.objects.get(kind=LetterKind.STRUCTURE, recipient__isnull=False)
    client.force_login(letter.recipient)

    assert (
        reverse("juries:convocation_file", args=[letter.pk]) in client.get(reverse("home")).content.decode()
    )


def test_a_juror_who_left_no_longer_reads_the_convocation(client, session):
    letter = of_juror(session)
    withdraw_juror(seat=session.seats.get(is_president=True), reason="Remplacé", by=session.planned_by)
    client.force_login(letter.recipient)

    assert client.get(reverse("juries:convocation_file", args=[letter.pk])).status_code == 404
