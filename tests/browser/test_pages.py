"""Every page of the access table in a real browser, on a phone and on a desk: axe, width, console.

`SCREENSHOTS=folder pytest -m browser tests/browser/test_pages.py` keeps a picture of each page.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Error, Page

from tests.access.table import Row, nothing
from tests.access.test_access import MODULES
from tests.access.world import ROLES, World
from tests.browser.conftest import WIDTHS, enter

SCREENSHOTS = os.environ.get("SCREENSHOTS")
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

FAULTY = """<!DOCTYPE html><html lang="fr"><title>Fautes</title><h1>Fautes</h1>
<div style="width: 2000px"><img src="data:,"></div><script>console.error("oops")</script></html>"""


@pytest.fixture
def world(transactional_db) -> World:
    return World()


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition("rows_")[2])
def test_no_page_has_a_fault_that_a_browser_can_see(module, world, phone, live_server):
    faults = []
    for row in module.ROWS:
        role = first_reader(row)
        if role is None:
            continue
        if row.given is not nothing:
            world = World()  # what one row asks for must not stand in the way of the next
            row.given(world)
        url = live_server.url + reverse(row.name, kwargs=row.kwargs(world))
        phone.clear_cookies()
        page = phone.new_page() if role == "anonymous" else enter(phone, live_server.url, world.person(role))
        faults += look(page, url, f"{row.name} ({role})")
        page.close()

    assert not faults, "\n".join(faults)


def test_the_look_sees_what_is_wrong(phone, live_server):
    page = phone.new_page()
    page.route("**/faulty/", lambda route: route.fulfill(content_type="text/html", body=FAULTY))

    faults = look(page, f"{live_server.url}/faulty/", "faulty")

    assert {"image-alt", "wider", "oops"} == {
        word for word in ("image-alt", "wider", "oops") if word in str(faults)
    }


def first_reader(row: Row) -> str | None:
    """A role that the row lets read a page (not a file, a redirect or a refusal)."""
    roles = [row.seen_by] if row.seen_by else [*ROLES, "anonymous"]
    readers = [role for role in roles if role in row.let_in("GET")]
    readers = [role for role in readers if row.expected("GET", role) == 200]
    return readers[0] if readers else None


def look(page: Page, url: str, name: str) -> list[str]:
    """The faults of one page: opened on a phone, then widened, as a tablet is that somebody turns."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        answer = page.goto(url)
    except Error as stop:
        return [] if "Download" in str(stop) else [f"{name}: {stop}"]
    if b"<!DOCTYPE html>" not in answer.body():
        return []  # an image, or a fragment that a page asks for
    for screen, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        if SCREENSHOTS:
            picture = f"{name.replace(':', '-')}-{screen}.png"
            page.screenshot(path=Path(SCREENSHOTS) / picture, full_page=True)
        faults += [f"{screen}: {fault}" for fault in [*too_wide(page), *inaccessible(page)]]
    return [f"{name}, {fault}" for fault in faults]


def too_wide(page: Page) -> list[str]:
    wide = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    return [f"{wide} px wider than the screen"] if wide > 1 else []


def inaccessible(page: Page) -> list[str]:
    if page.evaluate("!window.axe"):
        page.evaluate(Axe().axe_script)
    violations = page.evaluate("options => axe.run(options).then((found) => found.violations)", AXE)
    return [f"axe {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in violations]
