"""What a phone fetches to open /saisie/ for the first time: a crew of twelve, a cold cache, the site as in production.

Everything that crosses the wire until the page can be used is counted, headers included: the page, its styles and
modules, and the notebook of the crew with a level for each person in each competency. What the service worker then
puts aside for the days without network is not: it comes after.
"""

import sys
from collections import defaultdict
from urllib.parse import urlsplit

from benchmarks.harness.environment import FOLDER, environment, start_django

start_django(
    environment(
        HTTPS="1",
        TRUSTED_PROXIES="1",
        SITE_URL="https://localhost",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright's loop runs in this very thread
    )
)

from django.conf import settings  # noqa: E402

settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # that of the tests' invented people

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from benchmarks.harness.figures import Figure, report  # noqa: E402
from benchmarks.harness.servers import GUNICORN, Server  # noqa: E402
from evaluations.models import Competency  # noqa: E402
from structures.enums import Role  # noqa: E402
from tests.browser.chromium import executable  # noqa: E402
from tests.browser.crew import gather, seen  # noqa: E402
from tests.factories import MembershipFactory, StructureFactory, UserFactory  # noqa: E402

PEOPLE = 12
MOST_KILOBYTES = 60
SERVER = (*GUNICORN, "--threads", "4", "cqp.config.wsgi:application")
BEHIND_A_PROXY = {"X-Forwarded-Proto": "https"}


def make_crew():
    """The trainer of a crew of twelve, each seen in everything of their framework version."""
    structure = StructureFactory()
    trainer = MembershipFactory(structure=structure, role=Role.TRAINER).user
    crew = gather(structure, trainer, UserFactory(is_certifier=True), PEOPLE)
    known = {competency.pk for competency in crew.competencies}
    support = crew.enrollments[0].support
    rest = [row for row in Competency.objects.exclude(pk__in=known) if row.support_id in (None, support.pk)]
    for rank, enrollment in enumerate(crew.enrollments):
        seen([enrollment], [1 + rank % 4], rest, trainer)
    return trainer


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
    trainer = make_crew()
    with Server(*SERVER, log=FOLDER / "server.log") as server:
        kinds = weigh(f"http://localhost:{server.port}", trainer)
    for kind, files in sorted(kinds.items()):
        print(f"  {kind}: {sum(weight for _, weight in files):.1f} KB in {len(files)}")
        if "-v" in sys.argv:
            for name, weight in sorted(files, key=lambda row: -row[1]):
                print(f"    {weight:6.1f} {name}")
    total = sum(weight for files in kinds.values() for _, weight in files)
    name = f"/saisie/ for a crew of {PEOPLE}, cold cache"
    return report(Figure(name, round(total, 1), "≤", MOST_KILOBYTES, "KB"))


if __name__ == "__main__":
    sys.exit(main())
