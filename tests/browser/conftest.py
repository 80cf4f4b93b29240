"""A real Chromium for the tests that need one, and the way in for each person."""

import os
from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from core import clock
from tests.browser.chromium import ARGS, executable

# Playwright's loop runs in this very thread, and Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# By how many milliseconds the test is ahead of the machine. Service workers keep the time of the machine.
CLOCK = """{
  const Machine = Date;
  const ahead = %d;
  globalThis.Date = class Date extends Machine {
    constructor(...given) { super(...(given.length ? given : [Machine.now() + ahead])); }
    static now() { return Machine.now() + ahead; }
  };
}"""

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for the tests of a module: while Playwright runs, this thread may start no other event loop."""
    path = executable()
    if path is None:
        assert not os.environ.get("CI"), "CI must have a Chromium"
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium) -> Iterator[BrowserContext]:
    context = new_context(chromium, viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture
def desk(chromium) -> Iterator[BrowserContext]:
    context = new_context(chromium, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def new_context(chromium: Browser, **options) -> BrowserContext:
    """A French browser at the moment of the test."""
    context = chromium.new_context(locale="fr-FR", **options)
    set_clock(context)
    return context


def set_clock(context: BrowserContext) -> None:
    ahead = clock.now() - time_machine.escape_hatch.datetime.datetime.now(UTC)
    context.add_init_script(CLOCK % (ahead / timedelta(milliseconds=1)))


def enter(context: BrowserContext, server_url: str, user) -> Page:
    """A page where `user` is already logged in."""
    log_in(context, server_url, user)
    return context.new_page()


def log_in(context: BrowserContext, server_url: str, user) -> None:
    """By the session cookie of Django's own test client."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server_url}])
