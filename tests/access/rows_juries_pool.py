"""The pool of jurors: their page, the days they take, their employers, and the settings."""

from datetime import timedelta

from core import clock
from juries.models import DeclaredLink, PastEmployer, Unavailability
from tests.access.table import Row
from tests.access.world import World
from tests.factories import EnrollmentFactory, FrameworkFactory, JurorFactory, seal_anyhow


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


def waiting(world: World) -> None:
    """A dossier of the structure is accepted and waits for a jury; the juror may not judge it, another may."""
    FrameworkFactory()
    enrollment = EnrollmentFactory(structure=world.structure, support=world.support, referent=world.trainer)
    seal_anyhow(enrollment, state="accepted", examined_at=clock.now(), examined_by=world.certifier)
    DeclaredLink.objects.create(juror=world.juror.juror, structure=world.structure, nature="Cliente")
    JurorFactory(college="employee")


def in_two_months(world: World) -> dict:
    return {"starts_on": (clock.today() + timedelta(days=60)).isoformat()}


ROWS = [
    Row(
        "juries:composer",
        get="certifier",
        post="certifier",
        refused="people",
        posted=200,
        given=lambda world: (world.settings, world.candidate, waiting(world)),
        data=lambda world: {"day_1": (clock.today() + timedelta(days=30)).isoformat()},
    ),
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
