"""A juror's hand on the grid of a candidate, on the day of a jury."""

from playwright.sync_api import BrowserContext, Page, expect

from evaluations.enums import TestKind
from juries.models import Appraisal
from tests.browser.conftest import enter

PORTRAIT, LANDSCAPE = {"width": 820, "height": 1180}, {"width": 1180, "height": 820}
KEPT = "return Object.keys(localStorage).filter((name) => name.startsWith('cqp-jury:')).length"


def open_grid(context: BrowserContext, server: str, address: str, juror) -> Page:
    page = enter(context, server, juror.user)
    page.goto(address)
    expect(page.get_by_label("Remarques")).to_be_visible()
    return page


def state(page: Page):
    return page.locator("[data-state]")


def remarks(page: Page):
    return page.get_by_label("Remarques")


def kept(page: Page) -> int:
    return page.evaluate(f"() => {{ {KEPT} }}")


def saved(juror) -> Appraisal:
    return Appraisal.objects.get(juror=juror, test=TestKind.PRODUCTION)
