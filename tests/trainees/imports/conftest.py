from datetime import UTC, datetime

import pytest

from core import clock
from structures.models import Membership
from tests.factories import MembershipFactory, SupportFactory, UserFactory

AUTUMN = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _autumn():
    with clock.at(AUTUMN):
        yield


@pytest.fixture
def place(structure, director):
    """A structure with the supports and the referent that the files name."""
    for name in ("Espaces verts", "Maraîchage"):
        structure.supports.add(SupportFactory(code=name.casefold().replace(" ", "-"), name=name))
    MembershipFactory(structure=structure, user=UserFactory(email="encadrant@cqp.example"))
    Membership.objects.update(starts_on="2026-01-01")
    return structure
