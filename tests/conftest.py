"""The people of the tests: everybody works in, or comes from, the same structure, but the stranger."""

import os

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from core.models import Work
from structures.enums import Role
from tests.database import django_db_keepdb  # noqa: F401 - pytest finds it by name
from tests.factories import EnrollmentFactory, JurorFactory, MembershipFactory, StructureFactory, UserFactory
from tests.order import in_turn, pytest_xdist_auto_num_workers  # noqa: F401 - so does it the second

# Examples may be slow on a shared machine, and a run of the CI says twice the same of the same commit.
hypothesis_settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("house")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items) -> None:
    items[:] = in_turn(items)
    if connection.vendor != "postgresql":
        skip = pytest.mark.skip(reason="needs PostgreSQL")
        for item in items:
            if "postgres" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(autouse=True)
def _private_places(settings, tmp_path):
    """Files, mail and counters of one test never meet those of another."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()


@pytest.fixture
def structure(db):
    return StructureFactory(name="Les Jardins du Lez")


@pytest.fixture
def certifier(db):
    return UserFactory(email="certificateur@essai.example", is_certifier=True)


@pytest.fixture
def director(structure):
    return MembershipFactory(structure=structure, role=Role.DIRECTOR).user


@pytest.fixture
def trainer(structure):
    return MembershipFactory(structure=structure, role=Role.TRAINER).user


@pytest.fixture
def counsellor(structure):
    return MembershipFactory(structure=structure, role=Role.COUNSELLOR).user


@pytest.fixture
def enrollment(structure, trainer):
    return EnrollmentFactory(structure=structure, referent=trainer)


@pytest.fixture
def trainee_user(enrollment):
    user = UserFactory()
    enrollment.trainee.user = user
    enrollment.trainee.save()
    return user


@pytest.fixture
def juror(db):
    return JurorFactory().user


@pytest.fixture
def stranger(db):
    """The director of another structure."""
    return MembershipFactory(role=Role.DIRECTOR).user


@pytest.fixture
def run_work():
    """Do all the background work that is due, in this process, as a worker would."""

    def run() -> int:
        pieces = list(Work.objects.due().values_list("task", "pk"))
        for name, pk in pieces:
            current_app.tasks[name].apply(args=[str(pk)], throw=True)
        return len(pieces)

    return run
