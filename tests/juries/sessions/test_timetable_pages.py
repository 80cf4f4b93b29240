"""The pages of the timetable: laid out, corrected, printed; what was typed is never lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from juries.models import Candidate, JurySession, Pause
from tests.juries import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(client) -> JurySession:
    session = builders.planned(candidates=2)
    client.force_login(session.planned_by)
    return session


def url(name: str, session: JurySession) -> str:
    return reverse(f"juries:{name}", args=[session.pk])


def times(session: JurySession, *moments: tuple[str, str]) -> dict[str, str]:
    posted = {}
    for candidate, (production, interview) in zip(session.candidates.all(), moments, strict=True):
        posted |= {f"{candidate.pk}-production_at": production, f"{candidate.pk}-interview_at": interview}
    return posted


def test_the_certifier_proposes_the_day_from_an_hour(client, session):
    answer = client.post(url("timetable_propose", session), {"starts_at": "09:15"}, follow=True)

    assert session.candidates.order_by("production_at").first().production_at.isoformat("minutes") == "09:15"
    assert "9\u00a0h\u00a015" in answer.content.decode()


def test_all_times_are_changed_at_once(client, session):
    client.post(url("timetable_edit", session), times(session, ("09:00", "11:00"), ("10:00", "11:30")))

    found = [row.production_at.isoformat("minutes") for row in session.candidates.all()]
    assert found == ["09:00", "10:00"]


def test_a_clash_changes_nothing_and_keeps_what_was_typed(client, session):
    before = list(session.candidates.values_list("production_at", "interview_at"))

    answer = client.post(
        url("timetable_edit", session), times(session, ("09:00", "11:00"), ("09:30", "11:30"))
    )

    assert answer.status_code == 422
    assert "à deux endroits à la fois" in answer.content.decode()
    assert 'value="09:30"' in answer.content.decode()
    assert list(session.candidates.values_list("production_at", "interview_at")) == before


def test_an_hour_that_cannot_be_read_says_how_to_write_it(client, session):
    answer = client.post(
        url("timetable_edit", session), times(session, ("neuf heures", "11:00"), ("10:00", "11:30"))
    )

    assert answer.status_code == 422
    assert "Écrivez une heure comme 09:30" in answer.content.decode()


def test_a_pause_is_added_and_taken_away(client, session):
    client.post(url("pause_add", session), {"label": "Repas", "starts_at": "12:00", "ends_at": "13:00"})
    pause = Pause.objects.get()

    client.post(reverse("juries:pause_remove", args=[pause.pk]))

    assert not Pause.objects.exists()


def test_a_pause_upside_down_is_refused_with_a_sentence(client, session):
    answer = client.post(
        url("pause_add", session), {"label": "Repas", "starts_at": "13:00", "ends_at": "12:00"}
    )

    assert answer.status_code == 422
    assert "finit après son début" in answer.content.decode()


def test_panels_are_formed_on_their_page(client, session):
    seats = [str(seat.pk) for seat in builders.seats(session)]

    client.post(url("panels_edit", session), {"p0-name": "Binôme A", "p0-place": "Serre", "p0-seats": seats})

    assert session.panels.get().seats.count() == 2


def test_a_panel_of_one_is_refused_and_what_was_typed_stays(client, session):
    seat = str(builders.seats(session)[0].pk)

    answer = client.post(url("panels_edit", session), {"p0-name": "Binôme A", "p0-seats": [seat]})

    assert answer.status_code == 422
    assert 'value="Binôme A"' in answer.content.decode()
    assert not session.panels.exists()


def test_a_juror_reads_the_day_and_changes_nothing(client):
    session = builders.convened()
    client.force_login(builders.other_juror(session).user)

    page = client.get(url("timetable", session)).content.decode()

    assert str(Candidate.objects.get().enrollment.trainee) in page
    assert "Proposer la journée" not in page


def test_the_day_costs_the_same_queries_for_one_and_for_three(client):
    counts = []
    for candidates in (1, 3):
        session = builders.planned(candidates=candidates)
        client.force_login(session.planned_by)
        with CaptureQueriesContext(connection) as captured:
            client.get(url("timetable", session))
        counts.append(len(captured))

    assert counts[0] == counts[1]
