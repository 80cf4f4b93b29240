"""The pages of a session: what each person finds there, and at what cost."""

from copy import deepcopy

import pytest
from django.urls import reverse

from juries.enums import SessionState
from juries.models import JurySession
from tests.factories import JurorFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planned_session(module_db):
    return builders.planned()


@pytest.fixture
def session(planned_session, db):
    return deepcopy(planned_session)


def page_of(session: JurySession, name: str = "session_detail") -> str:
    return reverse(f"juries:{name}", args=[session.pk])


def test_a_session_is_planned_on_its_page(client, certifier):
    builders.rules()
    client.force_login(certifier)

    response = client.post(
        reverse("juries:session_plan"),
        {"held_on": "2099-03-03", "venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"},
    )

    assert response.url == page_of(JurySession.objects.get(venue="Lycée de la Mer"))


def test_the_next_step_is_named(client, certifier, session):
    client.force_login(certifier)

    page = client.get(page_of(session)).content.decode()

    assert "Prochaine étape" in page
    assert "Convoquer le jury" in page


def test_a_refused_act_shows_its_sentence_on_the_page_as_it_is_now(client, certifier, session):
    client.force_login(certifier)
    session.candidates.all().delete()

    response = client.post(page_of(session, "session_convene"))

    assert response.status_code == 409
    assert "n’a pas de candidat" in response.content.decode()


def test_a_reason_that_cannot_be_written_is_refused_in_words(client, certifier, session):
    client.force_login(certifier)
    candidate, seat = session.candidates.first(), session.seats.first()
    acts = [
        page_of(session, "session_cancel"),
        reverse("juries:candidate_remove", args=[candidate.pk]),
        reverse("juries:seat_withdraw", args=[seat.pk]),
    ]

    pages = [client.post(act, {"reason": "Tempête\x00"}) for act in acts]

    assert [page.status_code for page in pages] == [409] * 3
    assert all("caractère invisible" in page.content.decode() for page in pages)
    assert builders.reread(session).state == SessionState.PLANNED


def test_a_juror_who_cannot_sit_is_shown_with_the_reason_and_not_offered(client, certifier, session):
    juror = JurorFactory()
    builders.link(juror, session)
    client.force_login(certifier)

    page = client.get(page_of(session, "seat_add")).content.decode()

    assert f"{juror} a déclaré un lien" in page
    assert str(juror.pk) not in page


def test_a_forged_choice_of_juror_is_refused(client, certifier, session):
    juror = JurorFactory()
    builders.link(juror, session)
    client.force_login(certifier)

    response = client.post(page_of(session, "seat_add"), {"juror": str(juror.pk)})

    assert response.status_code == 422
    assert session.seats.count() == 2


def test_a_candidate_is_entered_on_the_page(client, certifier, session):
    dossier = builders.accepted_dossier()
    client.force_login(certifier)

    client.post(
        page_of(session, "candidate_add"),
        {"dossier": str(dossier.pk), "production_at": "09:30", "interview_at": "14:30"},
    )

    assert session.candidates.filter(dossier=dossier).exists()


def test_a_taken_time_keeps_what_was_typed(client, certifier, session):
    dossier = builders.accepted_dossier()
    client.force_login(certifier)

    response = client.post(
        page_of(session, "candidate_add"),
        {"dossier": str(dossier.pk), "production_at": "08:00", "interview_at": "14:45"},
    )

    assert response.status_code == 422
    assert "14:45" in response.content.decode()


def test_a_planned_session_does_not_exist_for_its_jurors(client, session):
    client.force_login(builders.president(session).user)

    assert client.get(page_of(session)).status_code == 404


def test_a_juror_sees_their_own_sessions_alone(client):
    mine, other = builders.convened(), builders.convened(days=40)
    client.force_login(builders.president(mine).user)

    page = client.get(reverse("juries:session_list")).content.decode()

    assert str(mine.pk) in page
    assert str(other.pk) not in page
    assert client.get(page_of(other)).status_code == 404


def test_the_session_ends_for_jurors_when_it_is_cancelled(client, certifier):
    session = builders.convened()
    user = builders.president(session).user
    client.force_login(certifier)
    client.post(page_of(session, "session_cancel"), {"reason": "Tempête"})

    client.force_login(user)

    assert client.get(page_of(session)).status_code == 404


def test_the_dossiers_close_to_jurors_with_the_release(client):
    session = builders.released()
    client.force_login(builders.president(session).user)
    url = reverse("juries:candidate_detail", args=[session.candidates.get().pk])

    assert client.get(page_of(session)).status_code == 200
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("act", ["session_convene", "session_open", "session_close", "session_release"])
def test_an_act_twice_is_refused_without_a_fault(client, certifier, act):
    makes = {
        "session_convene": builders.convened,
        "session_open": builders.opened,
        "session_close": lambda: builders.closed().session,
        "session_release": builders.released,
    }
    session = makes[act]()
    client.force_login(builders.president(session).user if act == "session_close" else certifier)

    response = client.post(page_of(session, act))

    assert response.status_code == 409
    assert "Rechargez la page" in response.content.decode()


def test_a_refusal_offers_the_states_one_or_the_other(client, certifier):
    session = builders.released()
    client.force_login(certifier)

    page = client.post(page_of(session, "session_cancel"), {"reason": "Tempête"}).content.decode()

    assert "« convoquée » ou « ouverte »" in page


def test_the_list_costs_the_same_queries_with_one_and_three_sessions(
    client, certifier, session, django_assert_num_queries
):
    client.force_login(certifier)
    url = reverse("juries:session_list")
    client.get(url)
    with django_assert_num_queries(12, exact=False) as first:
        client.get(url)
    builders.planned(days=40)
    builders.planned(days=50)

    with django_assert_num_queries(len(first)):
        client.get(url)


@pytest.mark.parametrize("name", ["seat_add", "candidate_add"])
def test_choosing_costs_the_same_queries_whatever_the_pool(
    client, certifier, session, name, django_assert_num_queries
):
    client.force_login(certifier)
    url = page_of(session, name)
    JurorFactory()
    builders.accepted_dossier()
    client.get(url)
    with django_assert_num_queries(40, exact=False) as first:
        client.get(url)
    JurorFactory.create_batch(2)
    builders.accepted_dossier()
    builders.accepted_dossier()

    with django_assert_num_queries(len(first)):
        client.get(url)
    assert len(first) <= 25


def test_results_are_out_of_sight_of_the_structure_before_the_release():
    minutes = builders.closed()
    decision = minutes.session.candidates.get().decisions.get()
    enrollment = decision.candidate.enrollment
    director = builders.director_of(enrollment)

    before = type(decision).objects.visible_to(director).exists()
    builders.sign_all(minutes)

    assert builders.reread(minutes.session).state == SessionState.RELEASED
    assert not before
    assert type(decision).objects.visible_to(director).get() == decision


def test_a_juror_who_sits_elsewhere_that_day_is_not_offered(client, certifier, session):
    busy = builders.other_juror(builders.planned())
    client.force_login(certifier)

    page = client.get(page_of(session, "seat_add")).content.decode()

    assert f"{busy} siège déjà ce jour-là" in page
    assert str(busy.pk) not in page
