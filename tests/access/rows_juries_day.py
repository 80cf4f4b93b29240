"""The day of a jury: ways in, the room of a juror, what is written down of the day."""

from datetime import time

from evaluations.enums import TestKind
from juries.enums import AccessKind, IncidentKind
from juries.models import DayAccess, Incident
from juries.models.jury_day.access import end_of
from juries.rules.access_codes import fingerprint_of
from tests.access.table import Row, pk
from tests.access.world import World


def secret_of(world: World) -> str:
    return f"secret-{world.session.pk}"


def linked(world: World) -> None:
    """The other juror of the session has a link that waits."""
    DayAccess.objects.create(
        session=world.session,
        juror=world.seat.juror,
        kind=AccessKind.LINK,
        secret_hash=fingerprint_of(secret_of(world)),
        made_by=world.certifier,
        expires_at=end_of(world.session.held_on),
    )


def with_incidents(world: World) -> None:
    about = {"session": world.session, "recorded_by": world.juror, "happened_at": time(9, 20)}
    Incident.objects.create(kind=IncidentKind.LATE, candidate=world.candidate, note="Bus en panne", **about)
    Incident.objects.create(kind=IncidentKind.INCIDENT, note="Coupure de courant", **about)


def its_link(world: World) -> dict:
    return {"pk": DayAccess.objects.get(session=world.session).pk}


def its_fact(world: World) -> dict:
    return {"pk": Incident.objects.filter(session=world.session).first().pk}


def its_grid(world: World) -> dict:
    return {"pk": world.candidate.pk, "test": TestKind.PRODUCTION}


def a_grid(world: World) -> dict:
    return {
        "owner": str(world.juror.pk),
        "page": "6b4b0a0e-6a3e-4a39-9f0c-6f6d8f6e5a11",
        "revision": 0,
        "marks": {},
        "validated": None,
        "comment": "Gestes sûrs",
    }


ENTRY = [
    Row(
        "juries:day_ask",
        get="anybody",
        post="anybody",
        data={"email": "personne@essai.example"},
    ),
    Row(
        "juries:day_code",
        get="anybody",
        post="anybody",
        posted=422,
        data={"email": "personne@essai.example", "code": "ABCD EFGH"},
    ),
    Row(
        "juries:day_link",
        lambda world: {"secret": secret_of(world)},
        get="anybody",
        post="anybody",
        given=linked,
    ),
]

HANDED_OUT = [
    Row("juries:access_list", pk("session"), get="certifier juror", given=linked),
    Row("juries:access_make", pk("session"), post="certifier juror", posted=200),
    Row("juries:access_revoke", its_link, post="certifier juror", given=linked),
]

ROOM = [
    Row("juries:jury_day", pk("session"), get="juror", refused="certifier", given=with_incidents),
    Row(
        "juries:incidents",
        pk("session"),
        get="certifier juror",
        post="certifier juror",
        given=with_incidents,
        data={"kind": "incident", "happened_at": "10:30", "note": "Alarme incendie", "whom": ""},
    ),
    Row(
        "juries:incident_strike",
        its_fact,
        post="certifier juror",
        given=with_incidents,
        data={"reason": "Erreur de nom"},
    ),
    Row(
        "juries:appraisal_autosave",
        its_grid,
        post="juror",
        refused="certifier",
        posted=200,
        data=a_grid,
        json=True,
    ),
]

ROWS = ENTRY + HANDED_OUT + ROOM
