"""The day of a jury in a real browser, on a tablet: typed, kept, sent, refused, shared, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from evaluations.enums import TestKind
from juries.models import Appraisal
from juries.services.jury_day.appraisals import save_appraisal
from tests.browser.conftest import enter, new_context
from tests.browser.day import KEPT, PORTRAIT, kept, open_grid, remarks, saved, state
from tests.juries import builders

SENT = re.compile("Enregistré à|Brouillon gardé le")
"""What the page says of a draft that the site has: sent by itself, or by the page that closed."""


@pytest.fixture
def tablet(chromium):
    context = new_context(chromium, viewport=PORTRAIT, has_touch=True)
    yield context
    context.close()


@pytest.fixture
def session(transactional_db):
    return builders.opened(candidates=2)


@pytest.fixture
def juror(session):
    return builders.other_juror(session)


@pytest.fixture
def address(live_server, session) -> str:
    """The grid of the first candidate for the production test."""
    return f"{live_server.url}/jurys/candidats/{session.candidates.first().pk}/epreuve/"


def test_what_is_typed_is_on_the_site_a_moment_later(tablet, live_server, address, juror):
    page = open_grid(tablet, live_server.url, address, juror)

    remarks(page).fill("Gestes sûrs")
    page.get_by_text("3. ").first.click()
    expect(state(page)).to_contain_text("Enregistré à")

    assert saved(juror).comment == "Gestes sûrs"
    assert saved(juror).marks.count() == 1
    assert kept(page) == 0


def test_without_network_it_stays_on_the_tablet_and_leaves_when_it_returns(
    tablet, live_server, address, juror
):
    page = open_grid(tablet, live_server.url, address, juror)
    tablet.set_offline(True)

    remarks(page).fill("Noté dans le hangar")
    expect(state(page)).to_contain_text("gardé sur cette tablette")
    assert kept(page) == 1
    assert not Appraisal.objects.exists()
    tablet.set_offline(False)

    expect(state(page)).to_contain_text("Enregistré à", timeout=10_000)
    assert saved(juror).comment == "Noté dans le hangar"
    assert kept(page) == 0


def test_a_tablet_that_stopped_finds_it_again(tablet, live_server, address, juror):
    page = open_grid(tablet, live_server.url, address, juror)
    tablet.set_offline(True)
    remarks(page).fill("Avant la panne")
    expect(state(page)).to_contain_text("gardé sur cette tablette")
    page.close()
    tablet.set_offline(False)

    page = open_grid(tablet, live_server.url, address, juror)

    expect(remarks(page)).to_have_value("Avant la panne")
    expect(state(page)).to_contain_text(SENT)
    assert saved(juror).comment == "Avant la panne"


def test_the_list_sends_what_another_page_left_behind(tablet, live_server, address, juror, session):
    page = open_grid(tablet, live_server.url, address, juror)
    tablet.set_offline(True)
    remarks(page).fill("Laissé en route")
    expect(state(page)).to_contain_text("gardé sur cette tablette")
    page.close()
    tablet.set_offline(False)

    page = enter(tablet, live_server.url, juror.user)
    page.goto(f"{live_server.url}/jurys/{session.pk}/journee/")
    expect(page.locator("[data-draft] .draft-kept")).to_have_count(0)
    page.wait_for_function(f"() => {{ {KEPT.replace('length', 'length === 0')} }}")

    assert saved(juror).comment == "Laissé en route"


def test_two_pages_never_undo_each_other(tablet, live_server, address, juror):
    first = open_grid(tablet, live_server.url, address, juror)
    second = open_grid(tablet, live_server.url, address, juror)
    remarks(first).fill("La première")
    expect(state(first)).to_contain_text("Enregistré à")

    remarks(second).fill("La seconde")
    both = second.get_by_role("region", name="Deux versions de cette grille")

    expect(both).to_contain_text("La première")
    expect(both).to_contain_text("La seconde")
    expect(state(second)).to_contain_text("Refusé")
    assert saved(juror).comment == "La première"

    second.get_by_role("button", name="La remplacer par celle de cette page").click()
    expect(state(second)).to_contain_text("Enregistré à")
    assert saved(juror).comment == "La seconde"


def test_the_version_of_the_site_may_be_kept(tablet, live_server, address, juror, session):
    page = open_grid(tablet, live_server.url, address, juror)
    facts = {"candidate": session.candidates.first(), "juror": juror, "test": TestKind.PRODUCTION}
    save_appraisal(**facts, marks={}, validated=True, comment="Depuis mon bureau", by=juror.user)

    remarks(page).fill("Sur la tablette")
    page.get_by_role("button", name="Garder celle du site").click()

    expect(remarks(page)).to_have_value("Depuis mon bureau")
    expect(page.get_by_label("Oui, je valide cette épreuve")).to_be_checked()
    assert kept(page) == 0
    assert saved(juror).comment == "Depuis mon bureau"


def test_handing_in_sends_first_and_leaves_nothing(tablet, live_server, address, juror):
    page = open_grid(tablet, live_server.url, address, juror)
    page.get_by_text("3. ").first.click()
    page.get_by_text("Oui, je valide cette épreuve").click()
    remarks(page).fill("Rien à redire")

    page.get_by_role("button", name="Rendre mon appréciation").click()

    expect(page.get_by_text("Votre appréciation est rendue")).to_be_visible()
    assert saved(juror).submitted_at
    assert saved(juror).comment == "Rien à redire"
    assert kept(page) == 0


def test_without_network_no_link_leads_away_from_what_is_written(tablet, live_server, address, juror):
    page = open_grid(tablet, live_server.url, address, juror)
    tablet.set_offline(True)
    remarks(page).fill("Au milieu d’une phrase")

    page.get_by_role("link", name="Passer à l’autre grille").click()

    expect(state(page)).to_contain_text("Restez-y")
    expect(remarks(page)).to_have_value("Au milieu d’une phrase")


def test_without_network_nothing_is_handed_in_and_it_says_so(tablet, live_server, address, juror):
    page = open_grid(tablet, live_server.url, address, juror)
    tablet.set_offline(True)
    remarks(page).fill("Presque fini")

    page.get_by_role("button", name="Rendre mon appréciation").click()

    expect(state(page)).to_contain_text("se rend avec le réseau")
    expect(remarks(page)).to_have_value("Presque fini")


def test_another_juror_on_the_same_tablet_sees_nothing_of_it(tablet, live_server, address, juror, session):
    page = open_grid(tablet, live_server.url, address, juror)
    tablet.set_offline(True)
    remarks(page).fill("Pour moi seul")
    expect(state(page)).to_contain_text("gardé sur cette tablette")
    page.close()
    tablet.set_offline(False)
    tablet.clear_cookies()

    page = open_grid(tablet, live_server.url, address, builders.president(session))
    expect(remarks(page)).to_have_value("")
    page.goto(f"{live_server.url}/jurys/{session.pk}/journee/")
    page.wait_for_load_state("networkidle")

    assert page.get_by_text("Pour moi seul").count() == 0
    assert page.locator("[data-draft] .draft-kept").count() == 0
    assert not Appraisal.objects.exclude(juror=juror).exists()


@pytest.mark.parametrize("visits", [True, False], ids=["token of the other", "token of nobody"])
def test_a_page_left_open_under_another_name_stores_nothing(
    tablet, live_server, address, juror, session, visits
):
    page = open_grid(tablet, live_server.url, address, juror)
    tablet.clear_cookies()
    other = enter(tablet, live_server.url, builders.president(session).user)
    if visits:
        other.goto(live_server.url)

    remarks(page).fill("Au nom d’un autre")

    expect(remarks(page)).to_have_value("")  # the page came again, under the other name
    assert not Appraisal.objects.exists()


def test_leaving_sends_first_and_keeps_nothing(tablet, live_server, address, juror):
    page = open_grid(tablet, live_server.url, address, juror)
    remarks(page).fill("Juste avant de partir")
    page.locator(".site-menu summary").click()

    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion/**")

    assert saved(juror).comment == "Juste avant de partir"
    assert kept(page) == 0


def test_the_grid_is_filled_by_keyboard_alone(desk, live_server, address, juror):
    page = open_grid(desk, live_server.url, address, juror)
    page.locator("#grille input[type=radio]").first.focus()

    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Tapé sans souris")
    expect(state(page)).to_contain_text("Enregistré à")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Votre appréciation est rendue")).to_be_visible()
    assert saved(juror).comment == "Tapé sans souris"
    assert saved(juror).validated
