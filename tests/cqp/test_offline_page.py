"""The page that a browser shows without network, and the worker that stores it."""

import json
import re

from django.urls import reverse


def build_of(client) -> dict:
    script = client.get(reverse("offline_worker"))
    return json.loads(re.match(r"const BUILD = (.*);", script.text)[1])


def test_the_page_without_network_says_nothing_of_who_asks_for_it(client, trainer):
    anonymous = client.get(reverse("offline_page"))
    client.force_login(trainer)

    known = client.get(reverse("offline_page"))

    assert known.content == anonymous.content
    assert not known.cookies


def test_the_worker_stores_the_page_and_its_files_and_nothing_else(client, db):
    build = build_of(client)

    assert build["page"] == reverse("offline_page")
    assert "/static/bootstrap/css/bootstrap.min.css" in build["assets"]
    assert all(asset.startswith("/static/") for asset in build["assets"])


def test_the_worker_is_asked_for_again_each_time(client, db):
    response = client.get(reverse("offline_worker"))

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
