"""Frameworks and entry, then sheets and dossiers: two lists, so that two people can write at once."""

from tests.access.rows_dossiers import ROWS as SHEETS_AND_DOSSIERS
from tests.access.rows_teams import ROWS as TEAMS
from tests.access.table import Row, pk

OTHERS = "team juror trainee stranger"


def _of_enrollment(world) -> dict:
    return {"pk": world.enrollment.pk, "competency": world.competency.pk}


def _booklet(world) -> dict:
    return {"pk": world.enrollment.pk, "family": "cles"}


def _ninth_domain(world) -> dict:
    return {"pk": world.framework.pk, "number": 9}


COMPETENCY = {"code": "9.9", "label": "Autre"}

FRAMEWORKS_AND_ENTRY: list[Row] = [
    Row("evaluations:framework_list", get="people"),
    Row("evaluations:framework_detail", pk("framework"), get="people"),
    Row(
        "evaluations:framework_create",
        get="certifier",
        post="certifier",
        refused=OTHERS,
        data={"version": "2030-1"},
    ),
    Row(
        "evaluations:framework_edit",
        pk("framework"),
        get="certifier",
        post="certifier",
        refused=OTHERS,
        posted=422,
    ),
    # The framework of the world is published: it no longer changes, but can be retired.
    Row(
        "evaluations:framework_publish",
        pk("framework"),
        get="certifier",
        post="certifier",
        refused=OTHERS,
        posted=409,
    ),
    Row("evaluations:framework_retire", pk("framework"), get="certifier", post="certifier", refused=OTHERS),
    Row(
        "evaluations:competency_add",
        _ninth_domain,
        get="certifier",
        post="certifier",
        refused=OTHERS,
        posted=409,
        data=COMPETENCY,
    ),
    Row(
        "evaluations:competency_edit",
        pk("competency"),
        get="certifier",
        post="certifier",
        refused=OTHERS,
        posted=409,
        data=COMPETENCY,
    ),
    Row(
        "evaluations:competency_delete",
        pk("competency"),
        get="certifier",
        post="certifier",
        refused=OTHERS,
        posted=409,
    ),
    Row(
        "evaluations:entry",
        get="trainer counsellor",
        post="trainer counsellor",
        refused="certifier director juror trainee stranger",
        posted=422,
    ),
    Row("evaluations:booklet", _booklet, get="certifier team trainee"),
    Row("evaluations:competency_history", _of_enrollment, get="certifier team trainee"),
    Row(
        "evaluations:evaluation_void",
        pk("evaluation"),
        get="director trainer",
        post="director trainer",
        refused="certifier counsellor trainee",
        data={"reason": "Je me suis trompé de ligne."},
    ),
]

ROWS = FRAMEWORKS_AND_ENTRY + SHEETS_AND_DOSSIERS + TEAMS
