"""The pool of jurors: their page, the days they take, their employers, and the settings."""

from datetime import timedelta

from accounts import clock
from juries.models import PastEmployer, Unavailability
from tests.access.table import Row
from tests.access.world import World


def own_juror(world: World) -> dict:
    return {"pk": world.juror.juror.pk}


def days_taken(world: World) -> dict:
    day = clock.today() + timedelta(days=30)
    row, _ = Unavailability.objects.get_or_create(
        juror=world.juror.juror, starts_on=day, ends_on=day, noted_by=world.certifier
    )
    return {"pk": row.pk}


def employer(world: World) -> dict:
    row, _ = PastEmployer.objects.get_or_create(juror=world.juror.juror, name="La Halle", from_year=2001)
    return {"pk": row.pk}


def in_two_months(world: World) -> dict:
    return {"starts_on": (clock.today() + timedelta(days=60)).isoformat()}


ROWS = [
    Row("juries:juror_invite", own_juror, post="certifier", refused="juror"),
    Row(
        "juries:juror_availability",
        own_juror,
        get="certifier juror",
        post="certifier juror",
        data=in_two_months,
    ),
    Row("juries:unavailability_remove", days_taken, post="certifier juror"),
    Row(
        "juries:juror_employers",
        own_juror,
        get="certifier juror",
        post="certifier juror",
        data={"name": "Paysages du Lez", "from_year": 2005},
    ),
    Row("juries:employer_remove", employer, post="certifier juror"),
]
