"""Where a browser keeps nothing, or a phone is out of date or out of time: the pages say so and still work."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from playwright.sync_api import Page, expect

from evaluations.models import Competency
from evaluations.notebook.services import service_worker
from tests.browser.conftest import enter
from tests.browser.offline import SENDING, evaluation, expect_state, keep, prepare
from tests.factories import FrameworkFactory

NO_STORAGE = """Object.defineProperty(window, "indexedDB", {
  get() { throw new DOMException("refused", "SecurityError"); },
})"""
NO_WORKER = "delete Navigator.prototype.serviceWorker"
NO_PROMISE = "StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => false"


@pytest.fixture
def competency(transactional_db) -> Competency:
    FrameworkFactory()
    return Competency.objects.get(code="9.1")


@pytest.fixture
def page(phone, live_server, competency, enrollment, trainer) -> Page:
    return enter(phone, live_server.url, trainer)


def caches_of(page: Page) -> list[str]:
    return [name for name in page.evaluate("caches.keys()") if name.startswith("cqp-carnet-")]


def test_a_phone_takes_the_new_version_when_a_file_of_the_site_changes(
    page, phone, live_server, tmp_path, monkeypatch
):
    prepare(page, live_server.url + SENDING)
    before = caches_of(page)
    changed = tmp_path / "notebook.css"
    changed.write_text(Path(find("css/notebook.css")).read_text() + "\n/* once more */\n")
    monkeypatch.setattr(
        service_worker, "find", lambda name: str(changed) if name == "css/notebook.css" else find(name)
    )

    page.reload()

    kept = caches_of(page)
    for _ in range(400):
        if len(kept) == 1 and kept != before:
            break
        page.wait_for_timeout(100)
        kept = caches_of(page)  # read once for both questions: while the new one comes there are two
    assert len(kept) == 1
    assert kept != before
    phone.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes envois")


@pytest.mark.parametrize("path", ["/saisie/", "/saisie/appel/", SENDING])
def test_a_browser_that_keeps_nothing_says_so(path, page, live_server):
    page.add_init_script(NO_STORAGE)
    page.add_init_script(NO_WORKER)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    page.goto(live_server.url + path)

    expect(page.get_by_text("Ce navigateur ne garde rien sur ce téléphone")).to_be_visible()
    assert faults == []


def test_a_browser_that_keeps_nothing_still_shows_the_form_of_the_site(page, live_server):
    page.add_init_script(NO_STORAGE)

    page.goto(live_server.url + "/saisie/")

    expect(page.get_by_text("Le formulaire de cette page s’enregistre en ligne")).to_be_visible()
    expect(page.locator("main form").first).to_be_visible(timeout=3_000)


def test_without_worker_the_notebook_works_and_asks_to_stay_open(page, live_server, competency, enrollment):
    page.add_init_script(NO_WORKER)
    page.goto(live_server.url + SENDING)
    expect(page.get_by_text("gardez cette page ouverte")).to_be_visible()
    entry = evaluation(enrollment, competency)

    keep(page, entry)

    expect_state(page, entry, "confirmed")


def test_a_phone_that_may_be_wiped_warns_while_something_waits(
    page, phone, live_server, competency, enrollment
):
    page.add_init_script(NO_PROMISE)
    prepare(page, live_server.url + SENDING)
    warning = page.get_by_text("Ce navigateur peut effacer ce qu’il garde")
    expect(page.get_by_text("Rien n’attend")).to_be_visible()
    expect(warning).to_have_count(0)
    phone.set_offline(True)

    keep(page, evaluation(enrollment, competency))

    expect(warning).to_be_visible()
    phone.set_offline(False)
    expect(warning).to_have_count(0)


def test_a_phone_whose_clock_is_wrong_by_days_is_told(page, live_server):
    page.clock.set_system_time("2029-01-01T08:00:00")

    page.goto(live_server.url + SENDING)

    expect(page.get_by_text("L’horloge de ce téléphone est en avance")).to_be_visible()
