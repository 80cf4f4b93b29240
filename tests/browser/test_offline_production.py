"""The notebook with the static files of production: hashed names, kept by the phone, and no network at all."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import expect

from evaluations.models import Competency
from tests.browser.conftest import enter
from tests.browser.offline import SENDING, evaluation, expect_state, keep, prepare, stored
from tests.factories import FrameworkFactory
from tests.site import database_url, free_port, wait_for

pytestmark = pytest.mark.real_time


@pytest.fixture
def production(transactional_db, tmp_path) -> Iterator[str]:
    """The address of a site with collected files, on the database of the test."""
    port = free_port()
    url = f"http://localhost:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.production",
        "HTTPS": "1",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
        "SITE_URL": url,
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=environment, check=True)
    log = tmp_path / "site.log"
    serve = [
        sys.executable,
        "-m",
        "gunicorn",
        "cqp.config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    with log.open("w") as output:
        process = subprocess.Popen(
            serve, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_for(url + "/sante/", process, log, time.monotonic() + 60)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def test_the_files_of_production_open_without_network(phone, production, enrollment, trainer):
    FrameworkFactory()
    entry = evaluation(enrollment, Competency.objects.get(code="9.1"))
    page = enter(phone, production, trainer)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    prepare(page, production + SENDING)
    scripts = page.evaluate("performance.getEntriesByType('resource').map((row) => row.name)")
    store = next(url for url in scripts if "/store." in url).removeprefix(production)

    phone.set_offline(True)
    for path, title in {"/saisie/": "Saisir la journée", SENDING: "Mes envois"}.items():
        page.goto(production + path)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.locator("[data-app] h2").first).to_be_visible()
    keep(page, entry, store=store)
    expect_state(page, entry, "pending")
    phone.set_offline(False)

    expect_state(page, entry, "confirmed")
    assert stored(entry) == 1
    assert faults == []
