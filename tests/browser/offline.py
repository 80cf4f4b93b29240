"""A phone that comes and goes: what the tests of the notebook without network share."""

from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Page, expect

from core import clock
from evaluations.models import Competency, Evaluation
from tests.browser.chromium import ARGS, executable
from tests.browser.conftest import enter, set_clock

SENDING = "/saisie/envois/"
STORE = "/static/js/notebook/store.js"
SYNC = "/static/js/notebook/sync.js"


def evaluation(enrollment, competency: Competency, **changes) -> dict:
    """An entry as the program of the page makes it."""
    return {
        "kind": "evaluation",
        "id": str(uuid4()),
        "enrollment": str(enrollment.pk),
        "competency": str(competency.pk),
        "rank": 3,
        "own_rank": None,
        "seen_on": clock.today().isoformat(),
        "situation": "Taille de la haie du stade",
        "comment": "",
    } | changes


def prepare(page: Page, address: str) -> None:
    """One visit with a network, until the phone could do without: the program is open, the worker at its post."""
    page.goto(address)
    page.evaluate(
        """async () => {
          const atItsPost = () => navigator.serviceWorker.controller?.scriptURL.endsWith("/saisie/sw.js");
          for (let n = 0; n < 400 && !atItsPost(); n += 1) {
            await new Promise((wait) => setTimeout(wait, 50));
          }
          if (!atItsPost()) throw new Error("no service worker");
        }"""
    )
    expect(page.locator("[data-app] h2").first).to_be_visible()


def keep(page: Page, *entries: dict, store: str = STORE) -> None:
    """Keep entries on the phone, as « Enregistrer » does."""
    page.evaluate(
        "async ([store, entries]) => { await (await import(store)).keep(entries); }", [store, list(entries)]
    )


def states(page: Page) -> dict[str, str]:
    """What this phone keeps for its owner: the state of each entry, by id."""
    return page.evaluate(
        """async (store) => Object.fromEntries(
          (await (await import(store)).entriesOf()).map((record) => [record.id, record.state]))""",
        STORE,
    )


def flush(page: Page) -> str:
    """Send now, and tell what the page then says of the network."""
    return page.evaluate(
        """async (sync) => {
          const { flush, network } = await import(sync);
          await flush();
          return network().sentence;
        }""",
        SYNC,
    )


def row(page: Page, entry: dict):
    return page.locator(f'[data-id="{entry["id"]}"]')


def expect_state(page: Page, entry: dict, state: str) -> None:
    expect(row(page, entry)).to_have_attribute("data-state", state, timeout=15_000)


def stored(*entries: dict) -> int:
    return Evaluation.objects.filter(pk__in=[entry["id"] for entry in entries]).count()


def switch_to(context: BrowserContext, server: str, user) -> Page:
    """Another person logs in on the same phone."""
    context.clear_cookies()
    return enter(context, server, user)


@contextmanager
def own_profile(chromium: Browser, folder: Path):
    """A browser whose profile outlives it, as on a real phone."""
    context = chromium.browser_type.launch_persistent_context(
        folder,
        executable_path=executable(),
        args=ARGS,
        viewport={"width": 390, "height": 844},
        locale="fr-FR",
    )
    set_clock(context)
    try:
        yield context
    finally:
        context.close()
