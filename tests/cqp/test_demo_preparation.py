"""While the demonstration is being built the site answers and says how far it is; a half is never taken for a whole."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from certificates.models import Certificate
from core import clock
from core.services.journal import broken_links
from cqp.demo.people import ACCOUNTS, PASSWORD
from cqp.demo.preparation import begin, build_lock, complete, is_wanted, preparation
from tests.site import database_url, running_site

EXACT = "1\u00a0structure sur 63, 0\u00a0salarié inscrit."


@pytest.fixture
def demo_site(db, settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path


@pytest.fixture
def begun(demo_site, certifier, structure):
    begin(by=certifier)
    return certifier


def entrance(client) -> str:
    return client.get(reverse("account_login")).text


def test_the_entrance_says_how_far_the_demonstration_is_and_lets_nobody_try_a_password(client, begun):
    with build_lock() as build:
        build.report(363, 1452)
        page = entrance(client)

    assert "La démonstration se construit" in page
    assert EXACT in page
    assert 'value="363"' in page
    assert 'type="password"' not in page
    assert PASSWORD not in page


def test_the_entrance_looks_again_by_itself_with_scripts_and_without(client, begun):
    with build_lock():
        page = client.get(reverse("account_login"), {"next": "/jurys/"}).text

    assert re.search(r'hx-get="/connexion/\?next=[^"]+"\s+hx-trigger="every 1s"', page)
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh"', page)


def test_the_ribbon_of_the_other_pages_says_it_too(client, begun):
    with build_lock() as build:
        build.report(363, 1452)
        page = client.get(reverse("help")).text

    assert re.search(r"se construit&nbsp;: 25&nbsp;%", page)


def test_a_login_tried_meanwhile_is_answered_by_how_far_the_demonstration_is(client, begun):
    with build_lock():
        response = client.post(
            reverse("account_login"), {"login": ACCOUNTS[0].email, "password": PASSWORD}, follow=True
        )

    assert "La démonstration se construit" in response.text
    assert "_auth_user_id" not in client.session


def test_a_build_that_died_says_how_to_start_again(client, begun):
    with build_lock() as build:
        build.report(363, 1452)

    page = entrance(client)

    assert "La démonstration est inachevée" in page
    assert "make demo" in page
    assert "se construit" not in page


def test_a_whole_demonstration_opens_the_entrance_even_when_its_builder_died_at_the_last_line(client, begun):
    with build_lock() as build:
        build.report(1452, 1452)
        complete(by=begun)

    assert preparation() is None
    assert 'type="password"' in entrance(client)


def test_a_whole_demonstration_costs_no_query(begun, django_assert_num_queries):
    with build_lock() as build:
        build.end()

    with django_assert_num_queries(0):
        assert preparation() is None


def test_a_real_site_shows_nothing_of_it(client, begun, settings):
    settings.DEMO = False
    with build_lock():
        page = entrance(client)

    assert 'type="password"' in page


def test_a_demonstration_is_wanted_by_an_empty_site_and_by_a_half_built_one_only(demo_site, certifier):
    wanted = [is_wanted()]
    begin(by=certifier)
    wanted.append(is_wanted())
    complete(by=certifier)
    wanted.append(is_wanted())

    assert wanted == [False, True, False]


def test_two_programs_never_build_at_once(demo_site):
    with build_lock(), build_lock(wait=False) as second:
        assert second is None


def test_the_time_left_follows_the_pace_so_far(begun):
    with build_lock() as build, clock.at(clock.now() + timedelta(seconds=8)):
        build.report(400, 1000)
        left = preparation().wait

    assert left == "Encore 15\u00a0secondes environ."


@contextmanager
def builder(folder: Path):
    """A real `manage.py demo` on the database of the test; killed at the end of the block."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cqp.config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database_url(),
    }
    process = subprocess.Popen([sys.executable, "manage.py", "demo"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.real_time
@pytest.mark.django_db(transaction=True)
def test_a_build_killed_half_way_is_built_again_from_nothing_while_the_site_answers(
    client, tmp_path, settings, monkeypatch
):
    monkeypatch.setenv("DEMO", "1")
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # the site's own
    with builder(tmp_path) as process:
        while process.poll() is None and ((state := preparation()) is None or state.percent < 10):
            time.sleep(0.1)
    killed = entrance(client)

    with running_site(tmp_path) as site:
        first = page = urlopen(f"{site.url}/connexion/").read().decode()
        while "La démonstration se construit" in page:
            time.sleep(0.2)
            page = urlopen(f"{site.url}/connexion/").read().decode()

    assert "make demo" in killed
    assert "La démonstration se construit" in first
    assert 'type="password"' in page
    assert not is_wanted()
    assert list(broken_links()) == []
    assert Certificate.objects.count() == 27
    assert all(client.login(email=account.email, password=PASSWORD) for account in ACCOUNTS)
    people = User.objects.count()
    call_command("demo", if_empty=True)
    assert User.objects.count() == people
