"""What a real browser sees of a page: axe, width, console."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

from tests.browser.conftest import WIDTHS

SCREENSHOTS = os.environ.get("SCREENSHOTS")
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


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
