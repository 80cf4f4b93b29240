"""A login of the day: how one comes in by the pages, and where it keeps whoever came."""

import re
from copy import deepcopy

import pytest
from django.urls import reverse

from core import clock
from core.models import JournalEntry
from evaluations.enums import TestKind
from evaluations.models import GridCriterion
from juries.models import DayAccess, JurySession
from juries.models.jury_day.access import end_of
from juries.services.jury_day.access import make_links, revoke_access
from juries.services.jury_day.appraisals import save_appraisal, submit_appraisal
from tests.factories import CandidateFactory, SeatFactory
from tests.juries import builders
from tests.juries.day_access import code_of, link_of

pytestmark = pytest.mark.django_db

ASK, CODE = "/jury-du-jour/", "/jury-du-jour/code/"


@pytest.fixture(scope="module")
def opened_session(module_db):
    return builders.opened()


@pytest.fixture
def session(opened_session, db):
    return deepcopy(opened_session)


@pytest.fixture
def juror(session):
    return builders.other_juror(session)


@pytest.fixture
def tablet(client, session, juror):
    """A browser that came in by the QR code of the juror."""
    client.post(reverse("juries:day_link", args=[link_of(session, juror)]))
    return client


def room_of(session) -> str:
    return reverse("juries:jury_day", args=[session.pk])


def test_a_juror_comes_in_by_the_code_received(client, session, juror, mailoutbox, run_work):
    client.post(ASK, {"email": juror.user.email})
    run_work()

    response = client.post(CODE, {"email": juror.user.email, "code": code_of(mailoutbox)})

    assert response.url == room_of(session)
    assert client.get(response.url).status_code == 200


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client, juror):
    known = client.post(ASK, {"email": juror.user.email}, follow=True)
    client.cookies.clear()
    unknown = client.post(ASK, {"email": "personne@ailleurs.example"}, follow=True)

    def told(response):
        page = response.content.decode()
        page = page.replace(juror.user.email, "…").replace("personne@ailleurs.example", "…")
        return response.redirect_chain, [line for line in page.splitlines() if "csrf" not in line]

    assert told(known) == told(unknown)


def test_a_wrong_code_is_told_in_the_same_words_to_all(client, session, juror, run_work):
    client.post(ASK, {"email": juror.user.email})
    run_work()

    known = client.post(CODE, {"email": juror.user.email, "code": "22222222"})
    unknown = client.post(CODE, {"email": "personne@ailleurs.example", "code": "22222222"})

    assert known.status_code == unknown.status_code == 422
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_looking_at_a_link_opens_nothing(client, session, juror):
    address = reverse("juries:day_link", args=[link_of(session, juror)])

    page = client.get(address)

    assert str(juror) in page.content.decode()
    assert not DayAccess.objects.get().used_at
    assert client.get(room_of(session)).status_code == 302


def test_a_link_that_is_over_says_so(client, session, juror):
    address = reverse("juries:day_link", args=[link_of(session, juror)])
    revoke_access(access=DayAccess.objects.get(), by=session.planned_by)

    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410


def test_the_login_lasts_until_the_end_of_the_day(tablet, session):
    assert tablet.session.get_expiry_date() == end_of(session.held_on)

    with clock.at(end_of(session.held_on)):
        response = tablet.get(room_of(session))

    assert response.status_code == 302
    assert "_auth_user_id" not in tablet.session


@pytest.mark.parametrize("name", ["jury_day", "session_detail", "deliberation"])
def test_the_pages_of_the_session_are_open(tablet, session, name):
    assert tablet.get(reverse(f"juries:{name}", args=[session.pk])).status_code == 200


def test_the_candidates_of_the_session_are_open(tablet, session):
    candidate = session.candidates.get()

    assert tablet.get(reverse("juries:candidate_detail", args=[candidate.pk])).status_code == 200
    assert tablet.get(reverse("juries:appraise", args=[candidate.pk, TestKind.PRODUCTION])).status_code == 200


@pytest.mark.parametrize("name", ["home", "juries:session_list", "account_login"])
def test_the_doors_of_the_house_lead_to_the_room(tablet, session, name):
    assert tablet.get(reverse(name)).url == room_of(session)


@pytest.mark.parametrize(
    "path",
    [
        "/certificats/",
        "/jures/",
        "/salaries/",
        "/mot-de-passe/",
        "/pilotage/",
        "/saisie/carnet.json",
        "/saisie/",
    ],
)
def test_everything_else_is_refused_with_a_sentence_and_written_down(tablet, path):
    response = tablet.get(path)

    assert response.status_code == 403
    assert "pour ce jury seulement" in response.content.decode() or response.json()["error"] == "role"
    line = JournalEntry.objects.filter(action="accounts.access.refused").first()
    assert line.data["adresse"] == path


def test_another_session_of_the_same_juror_is_refused(tablet, session, juror):
    other = builders.convened(days=9)
    SeatFactory(session=other, juror=juror)
    candidate = CandidateFactory(session=other)

    for address in (
        reverse("juries:session_detail", args=[other.pk]),
        room_of(other),
        reverse("juries:candidate_detail", args=[candidate.pk]),
    ):
        assert tablet.get(address).status_code == 403


def test_a_revoked_access_ends_the_tablet_at_its_next_gesture(tablet, session):
    revoke_access(access=DayAccess.objects.get(), by=session.planned_by)

    page = tablet.get(room_of(session), follow=True)

    assert page.redirect_chain[-1][0] == ASK
    assert "Votre entrée pour ce jury est finie" in page.content.decode()


def test_a_program_hears_that_it_is_over_in_json(tablet, session):
    revoke_access(access=DayAccess.objects.get(), by=session.planned_by)
    candidate = session.candidates.get()

    response = tablet.post(reverse("juries:appraisal_autosave", args=[candidate.pk, TestKind.PRODUCTION]), {})

    assert (response.status_code, response.json()) == (401, {"error": "login"})


def test_coming_in_forgets_who_was_there_before(client, session, juror):
    client.force_login(builders.president(session).user)
    client.session["leftover"] = 1

    client.post(reverse("juries:day_link", args=[link_of(session, juror)]))

    assert client.session["_auth_user_id"] == str(juror.user_id)
    assert "leftover" not in client.session


def test_the_president_shows_the_links_of_the_others(client, session):
    client.force_login(builders.president(session).user)

    page = client.post(reverse("juries:access_make", args=[session.pk]))

    assert page.content.decode().count('class="qr"') == 2
    assert DayAccess.objects.count() == 2
    assert page["Cache-Control"].startswith("max-age=0")


def test_a_simple_juror_hands_out_nothing(client, session, juror):
    client.force_login(juror.user)

    assert client.post(reverse("juries:access_make", args=[session.pk])).status_code == 403
    assert client.get(reverse("juries:access_list", args=[session.pk])).status_code == 403


def test_the_room_counts_the_others_and_tells_nothing_of_them(client, session, juror):
    candidate = session.candidates.get()
    president = builders.president(session)
    criteria = GridCriterion.objects.filter(framework__version="2026-1", test=TestKind.PRODUCTION)
    appraisal = save_appraisal(
        candidate=candidate,
        juror=president,
        test=TestKind.PRODUCTION,
        marks={criterion.pk: 3 for criterion in criteria},
        validated=True,
        comment="Très sûr de lui",
        by=president.user,
    )
    submit_appraisal(appraisal=appraisal, by=president.user)
    client.force_login(juror.user)

    page = client.get(room_of(session)).content.decode()

    assert "1\u00a0autre juré sur 1 a rendu" in page
    assert "Très sûr de lui" not in page
    assert str(president) not in page


def test_the_room_costs_the_same_queries_with_one_and_three_candidates(
    client, juror, session, django_assert_num_queries
):
    client.force_login(juror.user)
    with django_assert_num_queries(14, exact=False) as first:
        client.get(room_of(session))
    CandidateFactory.create_batch(2, session=session)

    with django_assert_num_queries(len(first)):
        client.get(room_of(session))


def test_making_all_links_again_ends_those_of_before(session):
    first = make_links(session=session, seats=builders.seats(session), by=session.planned_by)

    make_links(session=session, seats=builders.seats(session), by=session.planned_by)

    assert DayAccess.objects.filter(revoked_at=None).count() == len(first)


@pytest.mark.parametrize("state", ["convened", "deliberated", "released"])
def test_the_room_says_where_the_session_stands_and_links_only_to_what_opens(client, juror, session, state):
    now = clock.now()
    dated = {"deliberated_at": now} if state != "convened" else {}
    done = {"released_at": now, "released_by": session.planned_by} if state == "released" else {}
    JurySession.objects.filter(pk=session.pk).update(state=state, **dated, **done)
    client.force_login(juror.user)

    page = client.get(room_of(session)).content.decode()

    addresses = set(re.findall(r'href="(/jurys/candidats/[^"]+)"', page))
    assert bool(addresses) == (state != "released")
    assert {client.get(address).status_code for address in addresses} <= {200}
