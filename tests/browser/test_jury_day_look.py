"""The rooms of the day as a tablet shows them, upright and lying, and as they stand on a desk."""

from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import enter, new_context
from tests.browser.day import LANDSCAPE, PORTRAIT, open_grid
from tests.browser.looking import SCREENSHOTS, inaccessible, too_wide
from tests.juries import builders


@pytest.fixture
def tablet(chromium):
    context = new_context(chromium, viewport=PORTRAIT, has_touch=True)
    yield context
    context.close()


@pytest.fixture
def session(transactional_db):
    return builders.opened(candidates=2)


@pytest.fixture
def juror(session):
    return builders.other_juror(session)


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
    context = new_context(chromium, viewport=viewport)
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
        """() => [...document.querySelectorAll("#grille label, #grille button, .jury-tabs a, .tests-nav a")]
          .filter((one) => one.offsetParent && !one.htmlFor?.includes("comment"))
          .filter((one) => one.getBoundingClientRect().height < 47.5)
          .map((one) => one.textContent.trim())"""
    )

    assert small == []


def test_a_juror_comes_in_by_the_square_that_the_president_shows(
    chromium, desk, live_server, session, juror, settings
):
    settings.SITE_URL = live_server.url
    president = enter(desk, live_server.url, builders.president(session).user)
    president.goto(f"{live_server.url}/jurys/{session.pk}/entrees/")
    president.get_by_role("button", name=f"Montrer le QR code de {juror}").click()
    square = president.get_by_role("img", name=f"QR code d’entrée de {juror}")
    president.evaluate(Axe().axe_script)
    faults = [*inaccessible(president), *too_wide(president)]
    if SCREENSHOTS:
        president.screenshot(path=Path(SCREENSHOTS) / "day-squares.png", full_page=True)

    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(square.screenshot())))
    tablet = new_context(chromium, viewport=PORTRAIT)
    page = tablet.new_page()
    page.goto(found.text)
    page.get_by_role("button", name="Entrer").click()

    expect(page.get_by_role("heading", name="Ma journée de jury")).to_be_visible()
    page.goto(f"{live_server.url}/certificats/")
    expect(page.get_by_text("pour ce jury seulement")).to_be_visible()
    page.get_by_role("link", name="Revenir à l’accueil").click()
    expect(page.get_by_role("heading", name="Ma journée de jury")).to_be_visible()
    assert faults == []

    president.goto(f"{live_server.url}/jurys/{session.pk}/entrees/")
    president.get_by_text("Retirer l’entrée").first.click()
    president.locator("details.confirm[open] button[type=submit]").click()
    expect(president.get_by_text("est retirée")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Votre entrée pour ce jury est finie")).to_be_visible()
    tablet.close()
