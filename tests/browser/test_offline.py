"""The notebook without network: it opens, it keeps, and what it kept leaves when the network is back."""

import time

import pytest
from playwright.sync_api import Route, expect

from evaluations.models import Competency
from evaluations.notebook.views import offline
from tests.browser.conftest import enter
from tests.browser.offline import SENDING, SYNC, evaluation, expect_state, keep, prepare, stored
from tests.factories import FrameworkFactory


@pytest.fixture
def competency(transactional_db) -> Competency:
    FrameworkFactory()
    return Competency.objects.get(code="9.1")


@pytest.fixture
def page(phone, live_server, competency, enrollment, trainer):
    page = enter(phone, live_server.url, trainer)
    prepare(page, live_server.url + SENDING)
    return page


@pytest.mark.parametrize(
    ("path", "title"),
    [("/saisie/", "Saisir la journée"), ("/saisie/appel/", "Faire l’appel"), (SENDING, "Mes envois")],
)
def test_each_page_of_the_notebook_opens_without_network_and_reloads(path, title, page, phone, live_server):
    phone.set_offline(True)

    page.goto(live_server.url + path)
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.locator("[data-person]")).not_to_be_empty()
    expect(page.locator("[data-app] h2").first).to_be_visible()


def test_what_was_made_without_network_leaves_when_it_comes_back(
    page, phone, live_server, competency, enrollment
):
    entry = evaluation(enrollment, competency)
    phone.set_offline(True)
    page.goto(live_server.url + SENDING)
    keep(page, entry)
    expect_state(page, entry, "pending")
    expect(page.locator("[data-sentence]")).to_contain_text("Pas de réseau")

    phone.set_offline(False)

    expect_state(page, entry, "confirmed")
    expect(page.locator("[data-sentence]")).to_have_text("Tout est arrivé.")
    assert stored(entry) == 1


def test_a_network_that_drags_does_not_keep_the_page_waiting(page, live_server, monkeypatch):
    ended = []

    def slow(user):
        time.sleep(6)
        ended.append(user)
        return set()

    monkeypatch.setattr(offline, "roles_of", slow)

    page.goto(live_server.url + SENDING)

    expect(page.locator("[data-person]")).not_to_be_empty(timeout=1_000)
    assert ended == []
    while not ended:
        page.wait_for_timeout(200)


def test_a_try_begun_before_the_network_came_back_is_followed_at_once_by_another(
    phone, live_server, competency, enrollment, trainer
):
    entry, held = evaluation(enrollment, competency), []

    def hold_the_first(route: Route) -> None:
        if held or route.request.method != "HEAD":
            route.fallback()
        else:
            held.append(route)

    page = enter(phone, live_server.url, trainer)
    page.clock.install()
    prepare(page, live_server.url + SENDING)
    phone.set_offline(True)
    keep(page, entry)
    page.route("**/*", hold_the_first)
    with page.expect_request(lambda request: request.method == "HEAD"):
        page.evaluate("sync => { import(sync).then(({ flush }) => { flush(); }); }", SYNC)
    page.clock.pause_at(page.evaluate("Date.now()") + 2000)  # from here no timer rings

    phone.set_offline(False)
    page.evaluate(
        "navigator.onLine || new Promise((come) => addEventListener('online', come, { once: true }))"
    )
    held[0].abort()

    expect_state(page, entry, "confirmed")
