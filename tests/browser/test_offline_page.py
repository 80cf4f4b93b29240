"""Without network, a page of the site says so, whoever was on it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import enter, new_context
from tests.juries import builders

STORED = """async () => {
  await navigator.serviceWorker.ready;
  for (let n = 0; n < 200 && !(await caches.match("/hors-reseau/")); n += 1) {
    await new Promise((wait) => setTimeout(wait, 50));
  }
}"""


@pytest.fixture
def tablet(chromium):
    context = new_context(chromium)
    yield context
    context.close()


def visit_then_lose_the_network(context: BrowserContext, page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(STORED)
    context.set_offline(True)


def expect_our_page(page: Page) -> None:
    expect(page.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    expect(page.get_by_role("link", name="Réessayer")).to_have_css("color", "rgb(255, 255, 255)")


def test_the_home_page_without_network_is_a_page_of_the_site(tablet, live_server, director):
    page = enter(tablet, live_server.url, director)
    visit_then_lose_the_network(tablet, page, f"{live_server.url}/")

    page.goto(f"{live_server.url}/")

    expect_our_page(page)
    tablet.set_offline(False)
    page.get_by_role("link", name="Réessayer").click()
    expect(page.get_by_role("heading", name="Pas de réseau")).not_to_be_visible()


def test_the_day_of_a_juror_without_network_is_a_page_of_the_site(tablet, live_server, transactional_db):
    session = builders.opened()
    page = enter(tablet, live_server.url, builders.other_juror(session).user)
    address = f"{live_server.url}/jurys/{session.pk}/journee/"
    visit_then_lose_the_network(tablet, page, address)

    page.goto(address)

    expect_our_page(page)
