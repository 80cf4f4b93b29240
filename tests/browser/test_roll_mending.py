"""Rolls and signatures that are mended: before they leave, or once the site has sent them back."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from core import clock
from tests.browser.conftest import enter
from tests.browser.offline import prepare
from tests.browser.roll import ROLL_CALL, arrived, crew_of, keep, mark, planned_session, row_of, sign
from trainees.models import Signature, TrainingSession
from trainees.services.sessions import Presence, cancel_session, hold_session
from trainees.services.sessions.signatures import SignatureIn, receive_signatures

STROKES = [[[100, 100, 0], [400, 300, 90], [700, 100, 180]]]


@pytest.fixture
def crew(transactional_db, structure, trainer):
    return crew_of(structure, trainer, "Aïcha BENALI", "Karim DIALLO")


@pytest.fixture
def page(phone, live_server, trainer, crew):
    opened = enter(phone, live_server.url, trainer)
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    assert not faults


def called(session, crew, by) -> None:
    hold_session(
        session=session,
        presences=[Presence(row, minutes=180) for row in crew],
        by=by,
    )


def signed_elsewhere(session, enrollment, by) -> None:
    signature = SignatureIn(
        id=uuid4(),
        session_id=session.pk,
        enrollment_id=enrollment.pk,
        half="morning",
        minutes=180,
        signed_at=clock.now().isoformat(),
        strokes=STROKES,
    )
    assert not receive_signatures(signatures=[signature], by=by).refused


def test_a_roll_kept_without_network_is_mended_before_it_leaves(page, phone, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")
    expect(row_of(page, "Aïcha")).to_be_visible()
    phone.set_offline(True)
    page.get_by_role("button", name="Signer : Aïcha").click()
    sign(page, "Aïcha")
    page.get_by_role("button", name="Signer : Karim").click()
    sign(page, "Karim")
    keep(page)

    page.locator("section", has_text="Gardé ici").get_by_role("link", name="Tailler une haie").click()
    mark(page, "Karim", "En partie")
    row_of(page, "Karim").get_by_label("Durée de présence").select_option("120")
    keep(page)
    phone.set_offline(False)
    arrived(page)

    assert dict(session.attendances.values_list("enrollment", "minutes")) == {
        crew[0].pk: 180,
        crew[1].pk: 120,
    }
    assert [row.attendance.enrollment for row in session.signatures.all()] == crew[:1]


def test_a_signature_already_given_elsewhere_comes_back_and_is_taken_away(
    page, phone, live_server, trainer, crew
):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    called(session, crew, trainer)
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")
    page.get_by_role("button", name="Signer : Aïcha").click()
    sign(page, "Aïcha")

    signed_elsewhere(session, crew[0], trainer)
    page.get_by_role("button", name="Enregistrer les signatures").click()
    expect(page.get_by_text("déjà signée")).to_be_visible()
    page.get_by_role("link", name="Corriger cette signature").click()
    page.get_by_role("button", name="Retirer la signature refusée").click()

    expect(page.locator("[data-network]")).to_contain_text("Rien n’attend")
    assert Signature.objects.count() == 1


def test_a_session_cancelled_meanwhile_becomes_another_one_once_mended(
    page, phone, live_server, trainer, crew
):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")
    page.get_by_role("button", name="Signer : Karim").click()
    sign(page, "Karim")

    cancel_session(session=session, reason="Il pleut", by=trainer)
    keep(page)
    expect(page.get_by_text(re.compile("annulée \\(Il pleut\\)"))).to_be_visible()
    page.reload()  # the notebook no longer has the session
    page.get_by_role("link", name="Corriger cet appel").click()
    keep(page)
    arrived(page)

    held = TrainingSession.objects.held().get()
    assert held.pk != session.pk
    assert [row.attendance.enrollment for row in held.signatures.all()] == crew[1:]


def test_signatures_are_taken_for_a_session_called_on_the_site(page, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    called(session, crew, trainer)
    signed_elsewhere(session, crew[0], trainer)

    page.goto(live_server.url + ROLL_CALL)
    page.get_by_role("link", name="Tailler une haie").click()
    expect(page.locator(".signer", has_text="Aïcha").get_by_text("signature reçue")).to_be_visible()
    page.get_by_role("button", name="Faire signer").click()
    sign(page, "Karim")
    sign(page, str(trainer))
    page.get_by_role("button", name="Enregistrer les signatures").click()
    arrived(page)

    assert session.signatures.count() == 3


def test_the_roll_is_called_from_a_page_that_opens_without_network(page, phone, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    prepare(page, live_server.url + ROLL_CALL)

    phone.set_offline(True)
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")
    page.get_by_role("button", name="Signer : Karim").click()
    sign(page, "Karim")
    keep(page)
    page.reload()
    expect(page.locator("section", has_text="Gardé ici")).to_contain_text("Tailler une haie")
    phone.set_offline(False)
    arrived(page)

    assert [row.attendance.enrollment for row in session.signatures.all()] == crew[1:]


def test_an_unknown_session_is_said_so_and_leaves_the_choice(page, live_server):
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={uuid4()}")

    expect(page.get_by_text("Cette séance n’est pas dans le carnet")).to_be_visible()
    expect(page.get_by_role("link", name="Une autre séance")).to_be_visible()


def test_a_roll_given_up_leaves_nothing_behind(page, live_server, trainer, crew):
    session = planned_session(trainer, crew)
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")
    mark(page, "Karim", "Pas là")

    page.locator("summary", has_text="Abandonner").click()
    page.get_by_role("button", name="Abandonner cet appel").click()
    page.get_by_role("link", name=session.theme).click()

    expect(row_of(page, "Karim").get_by_role("radio", name="Là", exact=True)).to_be_checked()


def test_a_refused_entry_opens_by_its_own_address(page, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")
    expect(row_of(page, "Aïcha")).to_be_visible()
    called(session, crew[:1], trainer)
    keep(page)
    expect(page.get_by_text("Cette séance est déjà enregistrée, avec un autre contenu")).to_be_visible()

    page.goto(f"{live_server.url}{ROLL_CALL}?corriger={session.pk}")
    expect(page.get_by_text("Cette séance est déjà enregistrée, avec un autre contenu")).to_be_visible()
    page.locator("summary", has_text="Retirer du téléphone").click()
    page.get_by_role("button", name="Retirer cet appel").click()

    expect(page.get_by_role("link", name="Corriger cet appel")).to_have_count(0)
