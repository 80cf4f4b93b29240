"""The rooms of the day as a tablet shows them, upright and lying, and as they stand on a desk."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.day import LANDSCAPE, PORTRAIT, open_grid
from tests.browser.test_pages import SCREENSHOTS, inaccessible, too_wide
from tests.juries import scenes


@pytest.fixture
def tablet(chromium):
    context = chromium.new_context(viewport=PORTRAIT, locale="fr-FR", has_touch=True)
    yield context
    context.close()


@pytest.fixture
def session(transactional_db):
    return scenes.opened(candidates=2)


@pytest.fixture
def juror(session):
    return scenes.other_juror(session)


@pytest.fixture
def address(live_server, session) -> str:
    """The grid of the first candidate for the production test."""
    return f"{live_server.url}/jurys/candidats/{session.candidates.first().pk}/epreuve/"


def test_upright_the_dossier_and_the_grid_are_tabs_and_lying_they_stand_side_by_side(
    tablet, live_server, address, juror
):
    page = open_grid(tablet, live_server.url, address, juror)
    dossier, grid = page.locator("#dossier"), page.locator("#grille")
    expect(dossier).to_be_hidden()

    page.get_by_role("tab", name="Ma grille").focus()
    page.keyboard.press("ArrowRight")
    expect(dossier).to_be_visible()
    expect(grid).to_be_hidden()
    page.set_viewport_size(LANDSCAPE)

    expect(dossier).to_be_visible()
    expect(grid).to_be_visible()
    left, right = dossier.bounding_box(), grid.bounding_box()
    assert left["x"] + left["width"] <= right["x"]


@pytest.mark.parametrize("viewport", [PORTRAIT, LANDSCAPE, {"width": 1280, "height": 900}], ids=str)
def test_the_rooms_of_the_day_have_no_fault_on_a_tablet(
    chromium, live_server, address, juror, session, viewport
):
    context = chromium.new_context(viewport=viewport, locale="fr-FR")
    page = open_grid(context, live_server.url, address, juror)
    faults = []
    for path in (
        address,
        f"{live_server.url}/jurys/{session.pk}/journee/",
        address.replace("epreuve/", ""),
        f"{live_server.url}/jurys/{session.pk}/",
    ):
        page.goto(path)
        page.evaluate(Axe().axe_script)
        faults += [f"{path}: {fault}" for fault in (*inaccessible(page), *too_wide(page))]
        if SCREENSHOTS:
            name = f"day-{viewport['width']}-{path.strip('/').rpartition('/')[2][:8]}.png"
            page.screenshot(path=Path(SCREENSHOTS) / name, full_page=True)
    context.close()

    assert not faults, "\n".join(faults)


def test_big_enough_for_a_finger(tablet, live_server, address, juror):
    page = open_grid(tablet, live_server.url, address, juror)

    small = page.evaluate(
        """() => [...document.querySelectorAll("#grille label, #grille button, .panes-nav a, .tests-nav a")]
          .filter((one) => one.offsetParent && !one.htmlFor?.includes("comment"))
          .filter((one) => one.getBoundingClientRect().height < 47.5)
          .map((one) => one.textContent.trim())"""
    )

    assert small == []
