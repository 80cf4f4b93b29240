"""What stands under /saisie/, beside the entry itself: the phone's own pages, and what it says to the site."""

from tests.access.table import Row

EVALUATING = "trainer counsellor"
OTHERS = "certifier director juror trainee stranger"

ROWS: list[Row] = [
    Row("evaluations:roll_call", get=EVALUATING, refused=OTHERS),
    Row("evaluations:sending", get=EVALUATING, refused=OTHERS),
    Row("evaluations:shell", get="anybody"),
    Row("evaluations:service_worker", get="anybody"),
    Row("evaluations:manifest", get="anybody"),
    Row(
        "evaluations:notebook",
        get=EVALUATING,
        refused=OTHERS,
        but={"GET anonymous": 401, "POST anonymous": 405},
    ),
    Row(
        "evaluations:send",
        post=EVALUATING,
        refused=OTHERS,
        posted=400,
        but={"GET anonymous": 405, "POST anonymous": 401},
    ),
    Row(
        "evaluations:receipt",
        post=EVALUATING,
        refused=OTHERS,
        posted=400,
        but={"GET anonymous": 405, "POST anonymous": 401},
    ),
]
