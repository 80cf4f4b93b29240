"""What a real browser sees of a page: axe, width, console."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, ViewportSize

from tests.browser.conftest import WIDTHS

SCREENSHOTS = os.environ.get("SCREENSHOTS")
# Axe is half the cost of a look, and finds on a desk what it found on a phone, but for a layout of its own.
AXE_SCREENS = list(WIDTHS) if os.environ.get("EXHAUSTIVE") else ["phone"]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def look(page: Page, url: str, name: str) -> list[str]:
    """The faults of one page: opened on a phone, then widened, as a tablet is that somebody turns."""
    with noted(page) as faults:
        page.set_viewport_size(size("phone"))
        try:
            answer = page.goto(url)
        except Error as stop:
            return [] if "Download" in str(stop) else [f"{name}: {stop}"]
        if b"<!DOCTYPE html>" not in answer.body():
            return []  # an image, or a fragment that a page asks for
        faults += at_each_width(page, name)
    return [f"{name}, {fault}" for fault in faults]


def at_each_width(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, on a phone and on a desk; a picture of each if asked for.

    Axe looks at the desk too where EXHAUSTIVE is set, as `.ci/run` does.
    """
    faults: list[str] = []
    for screen in WIDTHS:
        page.set_viewport_size(size(screen))
        if SCREENSHOTS:
            picture = f"{name.replace(':', '-')}-{screen}.png"
            page.screenshot(path=Path(SCREENSHOTS) / picture, full_page=True)
        found = too_wide(page) + (inaccessible(page) if screen in AXE_SCREENS else [])
        faults += [f"{screen}: {fault}" for fault in found]
    return faults


@contextmanager
def noted(page: Page) -> Iterator[list[str]]:
    """What the console says of errors meanwhile; others may look at the same page after."""
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    def fail(error: Error) -> None:
        faults.append(str(error))

    page.on("console", hear)
    page.on("pageerror", fail)
    try:
        yield faults
    finally:
        page.remove_listener("console", hear)
        page.remove_listener("pageerror", fail)


def size(screen: str) -> ViewportSize:
    width, height = WIDTHS[screen]
    return {"width": width, "height": height}


def too_wide(page: Page) -> list[str]:
    wide = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    return [f"{wide} px wider than the screen"] if wide > 1 else []


def inaccessible(page: Page) -> list[str]:
    if page.evaluate("!window.axe"):
        page.evaluate(Axe().axe_script)
    violations = page.evaluate("options => axe.run(options).then((found) => found.violations)", AXE)
    return [f"axe {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in violations]
