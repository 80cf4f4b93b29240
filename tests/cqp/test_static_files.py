"""The static files as production serves them: hashed names, also inside the modules that import each other."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

IMPORTS = re.compile(r"""(?:\bfrom\s*|\bimport\s*|\bimport\()["']([./][^"']*)["']""")


HASHED = {"staticfiles": {"BACKEND": "cqp.config.assets.HashedModulesStorage"}}


@pytest.fixture(scope="module")
def static_root(tmp_path_factory) -> Path:
    """The files, collected once: the tests only read them."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES=site.STORAGES | HASHED):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture
def collected(settings, static_root) -> Path:
    settings.STATIC_ROOT = static_root
    settings.STORAGES = settings.STORAGES | HASHED
    return static_root


def test_every_module_imports_files_that_are_there_under_their_hashed_name(collected):
    modules = sorted(collected.rglob("*.js"))

    broken = [
        f"{module.name}: {name}"
        for module in modules
        for name in IMPORTS.findall(module.read_text())
        if not (module.parent / name).is_file() or not re.search(r"\.[0-9a-f]{12}\.js$", name)
    ]

    assert len(modules) > 10
    assert [module.name for module in modules if not module.read_text().strip()] == []
    assert broken == []


def test_the_worker_keeps_files_that_production_serves(collected, client):
    text = client.get(reverse("evaluations:service_worker")).content.decode()

    build = json.loads(re.match(r"const BUILD = (.*);", text)[1])
    missing = [url for url in build["assets"] if not (collected / url.removeprefix("/static/")).is_file()]
    assert build["immutable"]
    assert len(build["assets"]) > 20
    assert missing == []


def test_the_shell_asks_for_nothing_that_the_worker_does_not_keep(collected, client):
    worker = client.get(reverse("evaluations:service_worker")).content.decode()
    shell = client.get(reverse("evaluations:shell")).content.decode()

    asked = re.findall(r"""(?:href|src)="(/static/[^"]+)""", shell)
    kept = set(json.loads(re.match(r"const BUILD = (.*);", worker)[1])["assets"])
    assert asked
    assert set(asked) - kept == set()


def test_our_files_leave_without_their_comments_and_with_the_rest(collected):
    ours = [*(collected / "js").rglob("*.js"), *(collected / "css").glob("*.css")]

    texts = [file.read_text() for file in ours]
    assert len(texts) > 30
    assert not [text[:80] for text in texts if re.search(r"(?m)^\s*(//|/\*)", text)]
    assert all(text.strip() for text in texts)


def test_a_file_that_names_no_icon_has_that_of_the_site(client, settings):
    answer = client.get("/favicon.ico")

    name = answer.headers["Location"].removeprefix(settings.STATIC_URL)
    assert find(name).endswith(".png")
