"""What waits on a phone survives its browser, its session and its token, and leaves once whatever the tabs."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from evaluations.models import Competency
from tests.browser.conftest import enter
from tests.browser.offline import (
    SENDING,
    evaluation,
    expect_state,
    flush,
    keep,
    own_profile,
    prepare,
    states,
    stored,
)
from tests.factories import FrameworkFactory
from tests.factories.accounts import PASSWORD


@pytest.fixture
def competency(transactional_db) -> Competency:
    FrameworkFactory()
    return Competency.objects.get(code="9.1")


def sendings(context) -> list[dict]:
    """What is posted from now on to be stored, sending by sending."""
    seen: list[dict] = []

    def note(request):
        if request.url.endswith("/saisie/envoi/"):
            seen.append(json.loads(request.post_data))

    context.on("request", note)
    return seen


def log_in(page, user) -> None:
    page.get_by_role("textbox", name="Courriel").fill(user.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()


def test_entries_wait_through_a_restart_of_the_browser(
    chromium, tmp_path, live_server, competency, enrollment, trainer
):
    entries = [evaluation(enrollment, competency) for _ in range(3)]
    with own_profile(chromium, tmp_path) as context:
        page = enter(context, live_server.url, trainer)
        prepare(page, live_server.url + SENDING)
        context.set_offline(True)
        keep(page, *entries)

    with own_profile(chromium, tmp_path) as context:
        context.set_offline(True)
        page = context.new_page()
        page.goto(live_server.url + SENDING)
        expect_state(page, entries[2], "pending")
        context.set_offline(False)
        page = enter(context, live_server.url, trainer)  # session cookies do not outlive a browser
        page.goto(live_server.url + SENDING)
        for entry in entries:
            expect_state(page, entry, "confirmed")

    assert stored(*entries) == 3


def test_an_expired_session_keeps_the_notebook_open_and_a_login_sends_it(
    phone, live_server, competency, enrollment, trainer
):
    entry = evaluation(enrollment, competency)
    page = enter(phone, live_server.url, trainer)
    prepare(page, live_server.url + SENDING)
    phone.set_offline(True)
    Session.objects.all().delete()
    page.reload()
    keep(page, entry)
    expect_state(page, entry, "pending")

    phone.set_offline(False)
    expect(page.locator("[data-sentence]")).to_contain_text("Reconnectez-vous pour envoyer", timeout=15_000)
    assert stored(entry) == 0
    page.get_by_role("link", name="Se reconnecter").click()
    log_in(page, trainer)

    page.wait_for_url("**" + SENDING)
    expect_state(page, entry, "confirmed")
    assert stored(entry) == 1


def test_a_token_out_of_date_is_fetched_again(phone, live_server, competency, enrollment, trainer):
    entry = evaluation(enrollment, competency)
    page = enter(phone, live_server.url, trainer)
    prepare(page, live_server.url + SENDING)
    phone.clear_cookies(name="csrftoken")

    keep(page, entry)

    expect_state(page, entry, "confirmed")


def test_two_tabs_send_each_entry_once_in_small_batches(phone, live_server, competency, enrollment, trainer):
    page = enter(phone, live_server.url, trainer)
    prepare(page, live_server.url + SENDING)
    other = phone.new_page()
    other.goto(live_server.url + SENDING)
    phone.set_offline(True)
    entries = [evaluation(enrollment, competency, situation=f"Haie {n}") for n in range(60)]
    keep(page, *entries)
    expect_state(other, entries[0], "pending")
    posted = sendings(phone)

    phone.set_offline(False)

    for tab in (page, other):
        expect_state(tab, entries[0], "confirmed")
        expect_state(tab, entries[59], "confirmed")
    ids = [entry["id"] for sending in posted for entry in sending["entries"]]
    assert sorted(ids) == sorted(entry["id"] for entry in entries)
    assert max(len(sending["entries"]) for sending in posted) == 24
    assert stored(*entries) == 60


def test_a_session_leaves_before_its_signatures_and_they_before_evaluations(
    phone, live_server, competency, enrollment, trainer
):
    page = enter(phone, live_server.url, trainer)
    prepare(page, live_server.url + SENDING)
    phone.set_offline(True)
    seen = evaluation(enrollment, competency)
    session = {"kind": "session", "id": seen["id"][:-4] + "0001", "presences": []}
    signature = {
        "kind": "signature",
        "id": seen["id"][:-4] + "0002",
        "session": session["id"],
        "enrollment": None,
        "half": "morning",
        "minutes": 60,
        "strokes": [],
    }
    keep(page, seen)
    keep(page, signature)
    keep(page, session | {"held_on": seen["seen_on"], "starts_at": "09:00", "ends_at": "10:00"})
    posted = sendings(phone)

    phone.set_offline(False)

    expect_state(page, seen, "confirmed")
    assert [entry["kind"] for entry in posted[0]["entries"]] == ["session", "signature", "evaluation"]
    assert states(page) == {session["id"]: "refused", signature["id"]: "refused", seen["id"]: "confirmed"}
    assert "Tout est arrivé" not in flush(page)
