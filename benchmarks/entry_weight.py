"""What a phone fetches to open /saisie/ for the first time: a crew of twelve, a cold cache, the site as in production.

Everything that crosses the wire until the page can be used is counted, headers included: the page, its styles and
modules, and the notebook of the crew with a level for each person in each competency. What the service worker then
puts aside for the days without network is not: it comes after.
"""

import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

FOLDER = tempfile.TemporaryDirectory(prefix="cqp-bench-", ignore_cleanup_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "cqp.settings",
    "VAR_DIR": FOLDER.name,
    "DATABASE_URL": f"sqlite:///{Path(FOLDER.name, 'bench.sqlite3')}",
    "SECRET_KEY": "secret" * 10,
    "HTTPS": "1",
    "TRUSTED_PROXIES": "1",
    "SITE_URL": "https://localhost",
    "DEMO": "0",
    "LOG_LEVEL": "ERROR",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's loop runs in this very thread
}

import django  # noqa: E402 - the environment comes first

django.setup()

from django.conf import settings  # noqa: E402

settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # that of the tests' invented people

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from evaluations.models import Competency  # noqa: E402
from structures.enums import Role  # noqa: E402
from tests.browser.chromium import executable  # noqa: E402
from tests.browser.crew import gather, seen  # noqa: E402
from tests.factories import MembershipFactory, StructureFactory, UserFactory  # noqa: E402
from tests.site import free_port  # noqa: E402

PEOPLE = 12
MOST_KILOBYTES = 60
BEHIND_A_PROXY = {"X-Forwarded-Proto": "https"}


def make_crew():
    """The trainer of a crew of twelve, each seen in everything that their path may show."""
    structure = StructureFactory()
    trainer = MembershipFactory(structure=structure, role=Role.TRAINER).user
    crew = gather(structure, trainer, UserFactory(is_certifier=True), PEOPLE)
    known = {competency.pk for competency in crew.competencies}
    support = crew.paths[0].support
    rest = [row for row in Competency.objects.exclude(pk__in=known) if row.support_id in (None, support.pk)]
    for place, path in enumerate(crew.paths):
        seen([path], [1 + place % 4], rest, trainer)
    return trainer


def start(port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "gunicorn", "cqp.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, stderr=subprocess.DEVNULL)
    deadline = monotonic() + 60
    while monotonic() < deadline and process.poll() is None:
        try:
            urlopen(Request(f"http://localhost:{port}/sante/", headers=BEHIND_A_PROXY), timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            sleep(0.2)
        else:
            return process
    process.kill()
    raise AssertionError("the site does not answer")


def weigh(site: str, user) -> dict[str, list[tuple[str, float]]]:
    """Kilobytes received by kind, file by file, from the first request until a chip can be touched."""
    client = Client()
    client.force_login(user)
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": site}
    sent: dict[str, tuple[str, str]] = {}
    received: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, extra_http_headers=BEHIND_A_PROXY
        )
        context.add_cookies([session])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", lambda event: sent.update({event["requestId"]: named(event)}))
        wire.on(
            "Network.loadingFinished",
            lambda event: received.update({event["requestId"]: event["encodedDataLength"] / 1000}),
        )
        assert page.goto(f"{site}/saisie/").status == 200
        page.locator("[name=activite]").first.wait_for(state="attached")
        usable = dict(received)
        browser.close()
    kinds = defaultdict(list)
    for request, weight in usable.items():
        kind, name = sent[request]
        kinds[kind].append((name, weight))
    return kinds


def named(event: dict) -> tuple[str, str]:
    return event["type"], urlsplit(event["response"]["url"]).path


def main() -> int:
    if executable() is None:
        print("no Chromium on this machine: nothing was measured")
        return 1
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    trainer, port = make_crew(), free_port()
    process = start(port)
    try:
        kinds = weigh(f"http://localhost:{port}", trainer)
    finally:
        process.terminate()
        process.wait(30)
    for kind, files in sorted(kinds.items()):
        print(f"  {kind}: {sum(weight for _, weight in files):.1f} KB in {len(files)}")
        if "-v" in sys.argv:
            for name, weight in sorted(files, key=lambda row: -row[1]):
                print(f"    {weight:6.1f} {name}")
    total = sum(weight for files in kinds.values() for _, weight in files)
    missed = total > MOST_KILOBYTES
    print(
        f"/saisie/ for a crew of {PEOPLE}, cold cache: {total:.1f} KB "
        f"(goal: ≤ {MOST_KILOBYTES} KB) {'SHORT' if missed else 'ok'}"
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
