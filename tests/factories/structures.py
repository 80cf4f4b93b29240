from datetime import timedelta

import factory
from stdnum import luhn

from core import clock
from structures.enums import Role, StructureState
from structures.models import Membership, ProductionSupport, Structure
from tests.factories.accounts import UserFactory


def siret(n: int) -> str:
    """The n-th invented SIRET whose keys agree."""
    siren = f"{90000000 + n:08d}"
    siren += luhn.calc_check_digit(siren)
    establishment = f"{siren}0001"
    return establishment + luhn.calc_check_digit(establishment)


class SupportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProductionSupport
        django_get_or_create = ("code",)

    code = "espaces-verts"
    name = factory.LazyAttribute(lambda support: support.code.replace("-", " ").capitalize())
    framework_version = "2026-1"


class StructureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Structure
        skip_postgeneration_save = True

    class Params:
        interested = factory.Trait(
            state=StructureState.INTERESTED, accredited_from=None, accredited_until=None
        )

    name = factory.Sequence(lambda n: f"Chantier {n}")
    siret = factory.Sequence(siret)
    postcode = "34200"
    city = "Sète"
    region = "76"
    state = StructureState.ACCREDITED
    interested_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=500))
    accredited_from = factory.LazyFunction(lambda: clock.today() - timedelta(days=400))
    accredited_until = factory.LazyFunction(lambda: clock.today() + timedelta(days=600))

    @factory.post_generation
    def spans(structure, create, extracted, **kwargs):
        structure.spans.create(
            state=structure.state, starts_on=structure.accredited_from or structure.interested_on
        )


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    structure = factory.SubFactory(StructureFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.TRAINER
    starts_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=300))
