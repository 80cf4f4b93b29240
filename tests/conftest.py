"""The people of the tests: everybody works in, or comes from, the same structure, but the stranger."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
import time_machine
from celery import current_app
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from core.models import Work
from structures.enums import Role
from tests.database import django_db_keepdb, module_db  # noqa: F401 - pytest finds them by name
from tests.factories import EnrollmentFactory, JurorFactory, MembershipFactory, StructureFactory, UserFactory
from tests.moments import NEVER, ORDINARY, SEED, drawn, living_at, moments_of
from tests.order import in_turn, pytest_xdist_auto_num_workers  # noqa: F401 - and the second of these

# Examples may be slow on a shared machine, and a run of the CI says twice the same of the same commit.
hypothesis_settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("house")


def pytest_addoption(parser) -> None:
    parser.addoption(
        "--moments",
        type=int,
        default=0,
        metavar="N",
        help="play the date-sensitive tests at N moments, and no other test (see tests/moments.py)",
    )
    parser.addoption(
        "--at",
        type=datetime.fromisoformat,
        metavar="MOMENT",
        help="live at this moment (2028-02-29T10:00+01:00)",
    )


def pytest_report_header(config) -> str | None:
    count = config.getoption("moments")
    return f"moments: {', '.join(drawn(count))} (seed {SEED})" if count else None


def pytest_generate_tests(metafunc) -> None:
    """Play the test at each moment; those of one moment follow each other, in one process."""
    count = metafunc.config.getoption("moments")
    if count and metafunc.definition.get_closest_marker("date_sensitive"):
        at = [
            pytest.param(moment, id=name, marks=pytest.mark.xdist_group(name))
            for name, moment in moments_of(metafunc.definition.nodeid, count).items()
        ]
        metafunc.parametrize("first_moment", at, indirect=True, scope="session")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Modules are imported in a year of no test: what would keep the date of that moment is seen at once."""
    with living_at(NEVER):
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items) -> None:
    if config.getoption("moments"):
        others = [item for item in items if "date_sensitive" not in item.keywords]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if "date_sensitive" in item.keywords]
    else:
        items[:] = in_turn(items)
    if connection.vendor != "postgresql":
        skip = pytest.mark.skip(reason="needs PostgreSQL")
        for item in items:
            if "postgres" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def first_moment(request) -> Iterator[datetime]:
    """The moment at which every test lives: `ORDINARY`, unless one is drawn (`--moments`).

    time-machine moves the clock of the whole process, which goes on from there: the clock of the house, which
    stands on it and which a test may still hold with `clock.at`, the threads of a server, which a context
    variable does not reach, and the libraries that read the time themselves (sessions, codes sent by mail,
    proofs). Programs that a test starts, PostgreSQL and Chromium live today: a test that compares its time
    with theirs says `real_time`. No module reads the clock when it is imported: it is another year then (`NEVER`).
    """
    moment = getattr(request, "param", request.config.getoption("at") or ORDINARY)
    with living_at(moment):
        yield moment


@pytest.fixture(scope="module", autouse=True)
def _same_moment_for_each_module(first_moment) -> Iterator[None]:
    """Each module begins at the moment; scenes of its own are in the past of its tests, never in their future."""
    with living_at(first_moment):
        yield


@pytest.fixture(autouse=True)
def _real_time_when_asked(request) -> Iterator[None]:
    asked = request.node.get_closest_marker("real_time")
    with living_at(time_machine.escape_hatch.datetime.datetime.now(UTC)) if asked else nullcontext():
        yield


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


@pytest.fixture(scope="session")
def run_work():
    """Do all the background work that is due, in this process, as a worker would."""

    def run() -> int:
        pieces = list(Work.objects.due().values_list("task", "pk"))
        for name, pk in pieces:
            current_app.tasks[name].apply(args=[str(pk)], throw=True)
        return len(pieces)

    return run
