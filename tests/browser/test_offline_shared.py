"""A phone that several people use: entries belong to the person who made them, and pages to nobody."""

import pytest
from playwright.sync_api import expect

from evaluations.models import Competency, Evaluation
from tests.browser.conftest import enter
from tests.browser.offline import (
    SENDING,
    STORE,
    evaluation,
    expect_state,
    flush,
    keep,
    prepare,
    row,
    states,
    stored,
    switch_to,
)
from tests.factories import FrameworkFactory


@pytest.fixture
def competency(transactional_db) -> Competency:
    FrameworkFactory()
    return Competency.objects.get(code="9.1")


@pytest.fixture
def entry(phone, live_server, competency, enrollment, trainer) -> dict:
    """An entry that the trainer made without network, on a phone then left on the table."""
    entry = evaluation(enrollment, competency)
    page = enter(phone, live_server.url, trainer)
    prepare(page, live_server.url + SENDING)
    phone.set_offline(True)
    keep(page, entry)
    page.close()
    phone.set_offline(False)
    return entry


def test_another_login_neither_sees_nor_sends_the_entries_of_the_first(
    phone, live_server, entry, counsellor, trainer
):
    page = switch_to(phone, live_server.url, counsellor)
    page.goto(live_server.url + SENDING)
    expect(page.get_by_text("Rien pour l’instant.")).to_be_visible()

    flush(page)

    assert states(page) == {}
    assert not Evaluation.objects.exists()

    page = switch_to(phone, live_server.url, trainer)
    page.goto(live_server.url + SENDING)
    expect_state(page, entry, "confirmed")
    assert Evaluation.objects.get().evaluator == trainer


def test_a_page_left_open_under_another_name_sends_nothing(phone, live_server, entry, counsellor, trainer):
    old = enter(phone, live_server.url, trainer)
    phone.set_offline(True)
    old.goto(live_server.url + SENDING)
    expect_state(old, entry, "pending")
    phone.clear_cookies()
    fresh = enter(phone, live_server.url, counsellor)

    phone.set_offline(False)
    flush(old)

    assert stored(entry) == 0
    expect(old.locator("[data-sentence]")).to_contain_text("au nom d’une autre personne")
    fresh.goto(live_server.url + SENDING)  # this phone changes hands: the old page follows
    expect(old.get_by_text("Rien pour l’instant.")).to_be_visible()


def test_leaving_by_choice_shows_nothing_and_loses_nothing(phone, live_server, entry, trainer):
    page = enter(phone, live_server.url, trainer)
    page.goto(live_server.url + "/aide/")
    page.locator(".site-menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion/")

    phone.set_offline(True)
    page.goto(live_server.url + SENDING)

    expect(page.get_by_text("Connectez-vous une première fois avec du réseau")).to_be_visible()
    expect(row(page, entry)).to_have_count(0)
    expect(page.locator("[data-person]")).to_be_empty()
    forgotten = "async ([store, owner]) => (await import(store)).readNotebook(owner)"
    assert page.evaluate(forgotten, [STORE, str(trainer.pk)]) is None

    phone.set_offline(False)
    page = enter(phone, live_server.url, trainer)
    page.goto(live_server.url + SENDING)
    expect_state(page, entry, "confirmed")


def test_nothing_about_anybody_is_kept_in_the_cache(phone, live_server, entry, trainer):
    page = enter(phone, live_server.url, trainer)
    for path in ("/saisie/", "/saisie/appel/", SENDING):
        page.goto(live_server.url + path)

    kept = page.evaluate(
        """async () => {
          const urls = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname);
          }
          return urls;
        }"""
    )

    pages = {url for url in kept if not url.startswith("/static/")}
    assert "/saisie/hors-reseau/" in pages
    assert pages <= {"/saisie/hors-reseau/", "/hors-reseau/"}
