"""What every answer tells the browser and the proxies on its way."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("name", ["home", "trainees:list", "account_logout", "trainees:month_list"])
def test_a_page_of_somebody_is_stored_by_nobody(client, trainer, name):
    client.force_login(trainer)

    said = client.get(reverse(name))["Cache-Control"]

    assert {"private", "no-store"} <= set(said.split(", "))


def test_a_refusal_is_stored_by_nobody(client, trainer):
    client.force_login(trainer)

    response = client.get("/rien-ici/")

    assert "no-store" in response["Cache-Control"]


def test_a_view_that_says_how_long_it_may_be_stored_is_heard(client, db):
    response = client.get(reverse("certificates:jwks"))

    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("path", ["/connexion/", "/rien-ici/", "/verifier/"])
def test_pages_ask_a_device_for_its_camera_alone(client, db, path):
    policy = client.get(path)["Permissions-Policy"]

    assert "camera=(self)" in policy
    assert "microphone=()" in policy
    assert "geolocation=()" in policy
