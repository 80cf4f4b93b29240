"""Without Redis the site limits in its own memory, and goes on."""

import pytest
from django.core.cache import cache

from core.throttling import allows
from tests.factories import UserFactory
from tests.site import free_port

PASSWORD = "trois mots au hasard"


@pytest.fixture(autouse=True)
def redis_stopped(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "cqp.config.cache.RedisOrLocalCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
    }


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/verifier/AAAA-BBBB-CCCC/", None, 404),
        ("/connexion/", {"login": "personne@ailleurs.example", "password": "x"}, 200),
        ("/jury-du-jour/", {"email": "personne@ailleurs.example"}, 302),
        ("/mot-de-passe/oublie/", {"email": "personne@ailleurs.example"}, 302),
    ],
)
def test_a_public_page_answers_without_redis(path, form, status, client, db):
    response = client.get(path) if form is None else client.post(path, form)

    assert response.status_code == status


def test_one_logs_in_without_redis(client, db):
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()

    response = client.post("/connexion/", {"login": user.email, "password": PASSWORD})

    assert response.status_code == 302


def test_limits_hold_without_redis(caplog):
    tries = [allows("essai", "a", limit=2, seconds=60) for _ in range(3)]

    assert tries == [True, True, False]
    assert "Redis does not answer" in caplog.text


def test_what_redis_refuses_for_another_reason_is_still_an_error():
    with pytest.raises(ValueError, match="not found"):
        cache.incr("unknown")
