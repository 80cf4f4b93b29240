from datetime import timedelta

from core import clock
from structures.enums import StructureState
from tests.access.table import Row, pk
from tests.access.world import World
from tests.factories.structures import siret

IDENTITY = {"name": "L’Atelier neuf", "siret": siret(900), "postcode": "34200", "city": "Sète"}
MEMBER = {"first_name": "Ines", "last_name": "Neuve", "email": "ines@essai.example", "role": "trainer"}


def _a_year(world: World) -> dict:
    return {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=365)}


def _today(world: World) -> dict:
    return {"visited_on": clock.today()}


def _suspended(world: World) -> None:
    world.structure.state = StructureState.SUSPENDED
    world.structure.save()


ROWS = [
    Row("structures:list", get="certifier team stranger", others=403),
    Row("structures:create", get="certifier", post="certifier", others=403, data=IDENTITY),
    Row("structures:detail", pk("structure"), get="certifier team"),
    Row("structures:edit", pk("structure"), get="certifier", post="certifier", refused="team", data=IDENTITY),
    Row(
        "structures:accredit",
        pk("structure"),
        get="certifier",
        post="certifier",
        refused="team",
        data=_a_year,
    ),
    Row(
        "structures:suspend",
        pk("structure"),
        get="certifier",
        post="certifier",
        refused="team",
        data={"reason": "a"},
    ),
    Row("structures:resume", pk("structure"), post="certifier", refused="team", given=_suspended),
    Row(
        "structures:end",
        pk("structure"),
        get="certifier",
        post="certifier",
        refused="team",
        data={"reason": "a"},
    ),
    Row("structures:visit", pk("structure"), get="certifier", post="certifier", refused="team", data=_today),
    Row(
        "structures:member_add",
        pk("structure"),
        get="certifier director",
        post="certifier director",
        refused="trainer counsellor",
        data=MEMBER,
    ),
    Row("structures:member_end", pk("membership"), post="certifier director", refused="trainer counsellor"),
    Row("structures:member_invite", pk("guest"), post="certifier director", refused="trainer counsellor"),
]
