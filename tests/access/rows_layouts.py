"""The layouts of certificates, and the certificates to come."""

from core import clock
from tests.access.table import Row, pk
from tests.access.world import World

TEXTS = {
    "intro": "Le jury de {lieu}, le {date}, délivre ce certificat à",
    "domains_heading": "Compétences validées",
    "closing": "",
    "example": "courant",
}
IDENTITY = {
    "first_names": "Samira",
    "birth_name": "DUPONT",
    "sex": "F",
    "birth_date": "1990-05-17",
    "birth_place": "Sète",
    "birth_country": "France",
}


def draft(world: World) -> dict:
    return {"version": world.layout.version}


def certifiers_alone(name: str, version=None, **row) -> Row:
    return Row(f"certificates:{name}", *([version] if version else []), refused="people", **row)


def years_of_the_person(world: World) -> dict:
    """Somebody of age on the first day of the contract."""
    return IDENTITY | {"birth_date": f"{clock.today().year - 30}-05-17"}


ROWS = [
    certifiers_alone("layout_list", get="certifier"),
    certifiers_alone("layout_start", post="certifier", data={"source": "2026-1"}),
    certifiers_alone("layout_detail", draft, get="certifier"),
    certifiers_alone("layout_edit", draft, get="certifier", post="certifier", data=TEXTS),
    certifiers_alone("layout_preview", draft, post="certifier", posted=200, data=TEXTS),
    certifiers_alone("layout_picture", draft, get="certifier"),
    certifiers_alone("layout_publish", draft, post="certifier"),
    certifiers_alone("layout_delete", draft, post="certifier"),
    Row(
        "juries:certificate_checks", pk("session"), get="certifier juror", given=lambda world: world.candidate
    ),
    Row("juries:certificate_preview", pk("candidate"), get="certifier juror"),
    Row(
        "juries:candidate_identity",
        pk("candidate"),
        get="certifier",
        post="certifier",
        refused="juror",
        data=years_of_the_person,
    ),
]
