"""The entrance of a demonstration that is being built, as it stands and as it changes by itself."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from cqp.demo.preparation import begin, build_lock, complete
from tests.browser.looking import look
from tests.factories import UserFactory


@pytest.fixture
def certifier(transactional_db, settings, tmp_path):
    """Who has begun a demonstration on this site."""
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    certifier = UserFactory(is_certifier=True)
    with transaction.atomic():
        begin(by=certifier)
    return certifier


def test_the_entrance_gives_way_to_the_login_by_itself(phone, live_server, certifier):
    page = phone.new_page()
    with build_lock() as build:
        build.report(700, 1000)
        page.goto(f"{live_server.url}/connexion/?next=/jurys/")
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "700")
        build.report(900, 1000)
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "900")
        expect(page.locator("#demonstration")).to_contain_text("90")
        with transaction.atomic():
            complete(by=certifier)

        expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
        expect(page.locator("#annonces")).to_contain_text("La démonstration est complète")
        expect(page.locator("[name=next]")).to_have_value("/jurys/")


def test_the_entrance_is_accessible_while_it_waits_and_once_the_building_has_died(
    phone, live_server, certifier
):
    page = phone.new_page()
    with build_lock() as build:
        build.report(700, 1000)
        waiting = look(page, f"{live_server.url}/connexion/", "building")
    died = look(page, f"{live_server.url}/connexion/", "died")

    assert (waiting, died) == ([], [])


def test_without_scripts_the_entrance_is_loaded_again(chromium, live_server, certifier):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    with build_lock():
        page.goto(f"{live_server.url}/connexion/")
        with transaction.atomic():
            complete(by=certifier)

        expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter", timeout=10_000)
    context.close()
