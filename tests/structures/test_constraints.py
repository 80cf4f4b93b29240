"""Each rule that the database itself holds, broken behind the back of the services."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from structures.enums import Role, StructureState
from structures.models import Membership, Structure, StructureSpan
from tests.factories import MembershipFactory, StructureFactory, SupportFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(name: str):
    """The database refuses by the constraint `name` (SQLite tells the columns of a unique one)."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"siret": "1234567890123x"}, "structure_siret_digits"),
        ({"siret": ""}, "structure_siret_digits"),
        ({"postcode": "3420"}, "structure_postcode_digits"),
        ({"training_body_number": "7634001234"}, "structure_training_body_digits"),
        ({"accredited_from": None, "accredited_until": None}, "structure_accreditation_dated"),
        ({"accredited_until": None}, "structure_accreditation_dated"),
        ({"accredited_until": date(2000, 1, 1)}, "structure_accreditation_lasts"),
    ],
)
def test_a_structure_breaks_no_rule_of_its_table(wrong, name, structure):
    with transaction.atomic(), refused(name):
        Structure._base_manager.filter(pk=structure.pk).update(**wrong)


def test_two_structures_never_share_a_siret(structure):
    with refused("siret"):
        StructureFactory(siret=structure.siret)


def test_a_structure_is_in_one_state_at_a_time(structure):
    with refused("structure"):
        structure.spans.create(state=StructureState.SUSPENDED, starts_on=clock.today())


def test_a_span_ends_after_it_begins(structure):
    with refused("structure_span_in_order"):
        StructureSpan.objects.update(ends_on=clock.today() - timedelta(days=4000))


def test_a_person_holds_an_open_role_once(structure):
    user = UserFactory()
    MembershipFactory(structure=structure, user=user, role=Role.TRAINER)

    with refused("structure"):
        MembershipFactory(structure=structure, user=user, role=Role.TRAINER)


def test_a_membership_ends_after_it_begins(structure, trainer):
    with refused("membership_in_order"):
        Membership.objects.update(ends_on=clock.today() - timedelta(days=4000))


@pytest.mark.parametrize("field", ["code", "name"])
def test_a_production_support_is_named_once(field):
    support = SupportFactory()
    other = {"code": "autre", "name": "Autre"} | {field: getattr(support, field)}

    with refused(field):
        type(support).objects.create(**other)
