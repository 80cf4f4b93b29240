"""Every page of the access table in a real browser, on a phone and on a desk: axe, width, console.

`SCREENSHOTS=folder pytest -m browser tests/browser/test_pages.py` keeps a picture of each page.
"""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.access.modules import MODULES
from tests.access.table import Row, nothing
from tests.access.world import ROLES, World
from tests.browser.conftest import log_in
from tests.browser.looking import look, size, too_wide

FAULTY = """<!DOCTYPE html><html lang="fr"><title>Fautes</title><h1>Fautes</h1>
<div style="width: 2000px"><img src="data:,"></div><script>console.error("oops")</script></html>"""

LONG_WORDS = """<!DOCTYPE html><html lang="fr"><title>Mots</title>{links}<main><h1>{word}</h1><p>{word}</p>
<ul><li>{word}</li></ul><dl><dt>Mot</dt><dd>{word}</dd></dl><div>{word}</div><div class="d-flex"><p>{word}</p></div>
<table class="table-cards"><tbody><tr><th scope="row">{word}</th><td data-label="Mot">{word}</td></tr></tbody></table>
</main></html>"""


@pytest.fixture
def world(transactional_db) -> World:
    return World()


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition("rows_")[2])
def test_no_page_has_a_fault_that_a_browser_can_see(module, world, phone, live_server):
    faults, page = (
        [],
        phone.new_page(),
    )  # one for all: each new one starts a process and reads every script again
    for row in module.ROWS:
        role = first_reader(row)
        if role is None:
            continue
        if row.given is not nothing:
            world = World()  # what one row asks for must not stand in the way of the next
            row.given(world)
        url = live_server.url + reverse(row.name, kwargs=row.kwargs(world))
        phone.clear_cookies()
        if role != "anonymous":
            log_in(phone, live_server.url, world.person(role))
        faults += look(page, url, f"{row.name} ({role})")

    assert not faults, "\n".join(faults)


def test_the_look_sees_what_is_wrong(phone, live_server):
    page = phone.new_page()
    page.route("**/faulty/", lambda route: route.fulfill(content_type="text/html", body=FAULTY))

    faults = look(page, f"{live_server.url}/faulty/", "faulty")

    assert {"image-alt", "wider", "oops"} == {
        word for word in ("image-alt", "wider", "oops") if word in str(faults)
    }


def test_a_word_of_three_thousand_letters_does_not_widen_a_phone(phone, live_server):
    page = phone.new_page()
    body = LONG_WORDS.format(links=render_to_string("components/stylesheets.html"), word="a" * 3000)
    page.route("**/long/", lambda route: route.fulfill(content_type="text/html", body=body))
    page.set_viewport_size(size("phone"))

    page.goto(f"{live_server.url}/long/")

    assert too_wide(page) == []


def first_reader(row: Row) -> str | None:
    """A role that the row lets read a page (not a file, a redirect or a refusal)."""
    roles = [row.seen_by] if row.seen_by else [*ROLES, "anonymous"]
    readers = [role for role in roles if role in row.let_in("GET")]
    readers = [role for role in readers if row.expected("GET", role) == 200]
    return readers[0] if readers else None
