"""The shell, its worker and its manifest: public, about nobody, and of the same version as what they keep."""

import json
import re

import pytest
from django.contrib.staticfiles.finders import find
from django.urls import reverse

from evaluations.notebook.services import service_worker

ADDRESSES = {
    "ENTRY": "evaluations:entry",
    "ROLL_CALL": "evaluations:roll_call",
    "SENDING": "evaluations:sending",
    "SHELL": "evaluations:shell",
    "WORKER": "evaluations:service_worker",
    "NOTEBOOK": "evaluations:notebook",
    "SEND": "evaluations:send",
    "RECEIPT": "evaluations:receipt",
}


@pytest.fixture(autouse=True)
def _database(db):
    """Every page of the site may read who is logged in."""


def build_of(client) -> dict:
    text = client.get(reverse("evaluations:service_worker")).content.decode()
    return json.loads(re.match(r"const BUILD = (.*);", text)[1])


def test_the_phone_knows_the_addresses_of_the_site():
    with open(find("js/notebook/addresses.js"), encoding="utf-8") as file:
        addresses = dict(re.findall(r'export const (\w+) = "([^"]+)";', file.read()))

    assert addresses == {name: reverse(url) for name, url in ADDRESSES.items()}


def test_the_shell_says_nothing_of_the_person_who_asks_for_it(client, trainer):
    anonymous = client.get(reverse("evaluations:shell"))
    client.force_login(trainer)

    known = client.get(reverse("evaluations:shell"))

    assert known.content == anonymous.content
    assert "csrf" not in known.content.decode()
    assert not known.cookies


def test_the_worker_is_a_script_that_is_asked_for_again_each_time(client):
    response = client.get(reverse("evaluations:service_worker"))

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"


def test_the_worker_changes_when_one_of_its_files_does(client, tmp_path, monkeypatch):
    before = build_of(client)["version"]
    changed = tmp_path / "site.js"
    changed.write_text("// another site")
    monkeypatch.setattr(
        service_worker, "find", lambda name: str(changed) if name == "js/site.js" else find(name)
    )

    after = build_of(client)["version"]

    assert after != before


def test_the_worker_keeps_the_programs_and_the_styles_of_the_notebook(client):
    kept = build_of(client)["assets"]

    assert "/static/js/entry/app.js" in kept
    assert "/static/js/rollcall/app.js" in kept
    assert "/static/css/notebook.css" in kept
    assert not [url for url in kept if "htmx" in url or url.endswith((".ttf", "worker.js"))]


def test_the_manifest_makes_an_application_of_the_notebook(client):
    response = client.get(reverse("evaluations:manifest"))

    facts = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert (facts["name"], facts["start_url"], facts["scope"]) == ("CQP Carnet", "/saisie/", "/saisie/")
    assert {"192x192", "512x512", "any"} <= {icon["sizes"] for icon in facts["icons"]}
    assert "maskable" in {icon["purpose"] for icon in facts["icons"]}


@pytest.mark.parametrize("name", ["evaluations:entry", "evaluations:roll_call", "evaluations:sending"])
def test_each_page_of_the_notebook_can_be_installed_and_knows_its_owner(name, client, enrollment, trainer):
    client.force_login(trainer)

    page = client.get(reverse(name)).content.decode()

    assert reverse("evaluations:manifest") in page
    assert f'data-owner="{trainer.pk}"' in page
    assert "no-store" in client.get(reverse(name))["Cache-Control"]


@pytest.mark.parametrize("name", ["evaluations:roll_call", "evaluations:sending", "evaluations:shell"])
def test_the_pages_that_the_phone_writes_say_that_they_need_javascript(name, client, trainer):
    client.force_login(trainer)

    page = client.get(reverse(name)).content.decode()

    assert "JavaScript" in re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
