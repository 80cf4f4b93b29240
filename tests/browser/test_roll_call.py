"""The roll call as a trainer calls it: who was there, signatures drawn in the frame, and what becomes of them."""

import hashlib
import json
from datetime import UTC, time

import pytest
from playwright.sync_api import expect

from core import clock
from tests.browser.conftest import enter
from tests.browser.looking import inaccessible, too_wide
from tests.browser.roll import (
    ROLL_CALL,
    arrived,
    crew_of,
    days_ago,
    draw,
    keep,
    mark,
    plain,
    planned_session,
    row_of,
    sign,
)
from trainees.enums import SessionState
from trainees.models import Attendance, MonthClosing, Signature, TrainingSession

pytestmark = pytest.mark.usefixtures("transactional_db")


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


def hash_of(signature: Signature) -> str:
    """The fingerprint of what was signed, computed again from the rows."""
    said = [
        str(signature.pk),
        str(signature.session_id),
        str(signature.attendance.enrollment_id) if signature.attendance else "",
        signature.half,
        signature.minutes,
        signature.signed_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        signature.strokes,
    ]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def test_a_planned_session_is_called_signed_and_stored(page, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")

    page.goto(live_server.url + ROLL_CALL)
    page.get_by_role("link", name="Tailler une haie").click()
    page.get_by_role("button", name="Faire signer").click()
    words = plain(page.locator("#signing-words").inner_text())
    sign(page, "Aïcha")
    sign(page, "Karim")
    sign(page, str(trainer))
    expect(page.locator("dialog")).to_have_count(0)
    keep(page)
    arrived(page)

    session.refresh_from_db()
    assert session.state == SessionState.HELD
    assert set(session.attendances.values_list("enrollment", "minutes")) == {(p.pk, 180) for p in crew}
    signatures = list(session.signatures.select_related("attendance"))
    assert {s.attendance and s.attendance.enrollment_id for s in signatures} == {crew[0].pk, crew[1].pk, None}
    assert [s.sha256 for s in signatures] == [hash_of(s) for s in signatures]
    assert {(s.half, s.minutes, s.recorded_by) for s in signatures} == {("morning", 180, trainer)}
    assert words.startswith("Moi, Aïcha BENALI, j’étais là le ")
    assert words.endswith("le matin, 3 h.")


def test_a_roll_called_without_network_leaves_when_it_comes_back(page, phone, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    page.goto(live_server.url + ROLL_CALL)
    page.get_by_role("link", name="Tailler une haie").click()

    phone.set_offline(True)
    page.get_by_role("button", name="Faire signer").click()
    sign(page, "Aïcha")
    page.get_by_role("button", name="Fermer").click()
    keep(page)
    expect(page.locator("[data-network]")).to_contain_text("Pas de réseau")
    unsigned = page.locator("section", has_text="Faire signer une séance déjà notée")
    unsigned.get_by_role("link", name="Tailler une haie").click()
    expect(page.locator(".signer", has_text="Aïcha").get_by_role("img")).to_be_visible()
    untouched = TrainingSession.objects.get(pk=session.pk).state
    phone.set_offline(False)
    arrived(page)

    assert untouched == SessionState.PLANNED
    assert TrainingSession.objects.get(pk=session.pk).state == SessionState.HELD
    assert Signature.objects.count() == 1


def test_absences_carry_their_reason_and_a_part_its_duration(page, live_server, trainer, crew):
    session = planned_session(trainer, crew)
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")

    mark(page, "Aïcha", "En partie")
    mark(page, "Karim", "Pas là")
    page.get_by_role("button", name="Enregistrer l’appel").click()
    refusal = plain(page.get_by_role("alert").inner_text())
    row_of(page, "Aïcha").get_by_label("Durée de présence").select_option("90")
    row_of(page, "Karim").get_by_label("Motif").select_option("leave")
    keep(page)
    arrived(page)

    assert "choisissez la durée" in refusal
    assert "choisissez le motif" in refusal
    told = set(Attendance.objects.values_list("enrollment", "minutes", "absence"))
    assert told == {(crew[0].pk, 90, ""), (crew[1].pk, 0, "leave")}


def test_a_session_that_nobody_planned_is_described_called_and_signed_twice(page, live_server, trainer, crew):
    page.goto(live_server.url + ROLL_CALL)

    page.get_by_role("link", name="Une autre séance").click()
    page.get_by_label("De", exact=True).fill("09:00")
    page.get_by_label("À", exact=True).fill("16:00")
    page.get_by_label("En salle").check()
    page.get_by_label("Module").select_option("M3")
    page.get_by_label("Thème").fill("  Porter sans se blesser ")
    page.get_by_label("Karim").uncheck()
    page.get_by_role("button", name="Faire l’appel").click()
    for half in ("du matin", "de l’après-midi"):
        page.get_by_role("button", name=f"signatures {half}").click()
        sign(page, "Aïcha")
        sign(page, str(trainer))
    keep(page)
    arrived(page)

    session = TrainingSession.objects.get()
    assert (session.theme, session.place, session.module) == ("Porter sans se blesser", "classroom", "M3")
    assert (session.starts_at, session.ends_at, session.trainer) == (time(9), time(16), trainer)
    assert [row.enrollment for row in session.attendances.all()] == crew[:1]
    assert sorted(session.signatures.values_list("half", flat=True)) == ["afternoon"] * 2 + ["morning"] * 2


def test_who_cannot_sign_blocks_nobody_and_may_sign_later(page, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")

    page.get_by_role("button", name="Faire signer").click()
    page.get_by_role("button", name="N’a pas pu signer").click()
    sign(page, "Karim")
    sign(page, str(trainer))
    keep(page)
    arrived(page)
    page.reload()
    finish = page.locator(
        "section", has=page.get_by_role("heading", name="Faire signer une séance déjà notée")
    )
    expect(finish).to_contain_text("1\u00a0signature manque")
    finish.get_by_role("link", name="Tailler une haie").click()
    page.get_by_role("button", name="Signer : Aïcha").click()
    sign(page, "Aïcha")
    with page.expect_response("**/saisie/recu/"):
        page.get_by_role("button", name="Enregistrer les signatures").click()
    arrived(page)

    assert session.signatures.count() == 3
    expect(page.get_by_text("Faire signer une séance déjà notée")).to_have_count(0)


def test_a_signed_month_sends_the_roll_back_with_its_reason_to_be_mended(page, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie", on=days_ago(1))
    month = session.held_on.replace(day=1)
    MonthClosing.objects.create(enrollment=crew[0], month=month, closed_by=trainer)
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")

    expect(page.get_by_text("est déjà signée pour Aïcha BENALI")).to_be_visible()
    page.get_by_role("button", name="Signer : Karim").click()
    sign(page, "Karim")
    keep(page)
    expect(page.locator("[data-network]")).to_contain_text("refusée")
    page.reload()
    expect(page.get_by_text("Tailler une haie, ").first).to_contain_text("appel refusé")
    page.get_by_role("link", name="Corriger cet appel").click()
    expect(page.get_by_text("La feuille de ce mois est signée")).to_be_visible()
    expect(page.locator(".signer", has_text="Karim").get_by_role("img")).to_be_visible()
    mark(page, "Aïcha", "Pas là")
    page.get_by_role("button", name="Pas prévu à cette séance").click()
    keep(page)
    arrived(page)

    assert [row.enrollment for row in session.attendances.all()] == crew[1:]
    assert [s.attendance.enrollment for s in session.signatures.all()] == crew[1:]


def test_a_signature_is_wiped_and_done_again_and_an_empty_one_is_not_taken(page, live_server, trainer, crew):
    session = planned_session(trainer, crew)
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")

    page.get_by_role("button", name="Signer : Aïcha").click()
    draw(page)
    page.get_by_role("button", name="Effacer").click()
    page.get_by_role("button", name="C’est ma signature").click()
    expect(page.get_by_text("Le cadre est vide.")).to_be_visible()
    sign(page, "Aïcha")
    expect(page.get_by_role("button", name="Refaire : Aïcha")).to_be_focused()
    page.get_by_role("button", name="Refaire : Aïcha").click()
    draw(page, steps=2)
    page.get_by_role("button", name="C’est ma signature").click()
    keep(page)
    arrived(page)

    assert session.signatures.count() == 1


def test_a_presence_that_changes_is_to_be_signed_again(page, live_server, trainer, crew):
    session = planned_session(trainer, crew)
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")

    page.get_by_role("button", name="Signer : Aïcha").click()
    sign(page, "Aïcha")
    mark(page, "Aïcha", "En partie")
    row_of(page, "Aïcha").get_by_label("Durée de présence").select_option("60")

    expect(page.get_by_role("button", name="Signer : Aïcha")).to_be_visible()


def test_a_roll_begun_survives_a_reload(page, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie")
    page.goto(f"{live_server.url}{ROLL_CALL}?seance={session.pk}")
    mark(page, "Karim", "Pas là")
    row_of(page, "Karim").get_by_label("Motif").select_option("steps")
    page.get_by_role("button", name="Signer : Aïcha").click()
    sign(page, "Aïcha")

    page.goto(live_server.url + ROLL_CALL)
    page.locator("section", has_text="Appel commencé").get_by_role("link", name="Tailler une haie").click()

    expect(row_of(page, "Karim").get_by_label("Motif")).to_have_value("steps")
    expect(page.get_by_role("button", name="Refaire : Aïcha")).to_be_visible()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("context", ["phone", "desk"])
def test_no_step_of_the_roll_has_a_fault_that_a_browser_can_see(context, request, live_server, trainer, crew):
    session = planned_session(trainer, crew)
    page = enter(request.getfixturevalue(context), live_server.url, trainer)
    faults = []

    page.goto(live_server.url + ROLL_CALL)
    expect(page.get_by_role("link", name=session.theme)).to_be_visible()
    faults += [*too_wide(page), *inaccessible(page)]
    page.get_by_role("link", name=session.theme).click()
    mark(page, "Aïcha", "En partie")
    mark(page, "Karim", "Pas là")
    row_of(page, "Aïcha").get_by_label("Durée de présence").select_option("60")
    page.locator("summary", has_text="Changer le jour").click()
    faults += [*too_wide(page), *inaccessible(page)]
    page.get_by_role("button", name="Faire signer").click()
    draw(page)
    faults += [*too_wide(page), *inaccessible(page)]
    page.get_by_role("button", name="C’est ma signature").click()
    page.get_by_role("button", name="Fermer").click()
    faults += inaccessible(page)
    page.goto(f"{live_server.url}{ROLL_CALL}?nouvelle=1")
    expect(page.get_by_role("button", name="Faire l’appel")).to_be_visible()
    faults += [*too_wide(page), *inaccessible(page)]

    assert not faults


def test_the_whole_roll_but_the_drawing_is_done_with_the_keyboard(page, live_server, trainer, crew):
    session = planned_session(trainer, crew, theme="Tailler une haie", on=clock.today())
    page.goto(live_server.url + ROLL_CALL)

    page.get_by_role("link", name="Tailler une haie").press("Enter")
    row_of(page, "Karim").get_by_role("radio", name="Là", exact=True).press("ArrowLeft")
    row_of(page, "Karim").get_by_label("Motif").select_option("justified")
    page.get_by_role("button", name="Faire signer").press("Enter")
    expect(page.locator("dialog h2")).to_be_focused()
    for name in ("Aïcha", str(trainer)):
        expect(page.locator("dialog h2")).to_contain_text(name)
        page.get_by_role("button", name="N’a pas pu signer").press("Enter")
    expect(page.get_by_text("n’a pas pu signer")).to_have_count(2)
    page.get_by_role("button", name="Enregistrer l’appel").press("Enter")
    arrived(page)

    assert session.attendances.filter(absence="justified").count() == 1
    assert not session.signatures.exists()
