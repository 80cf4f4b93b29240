"""What stands under /saisie/, beside the entry itself: the phone's own pages, and what it says to the site."""

from tests.access.table import Row

EVALUATING = "trainer counsellor"
OTHERS = "certifier director juror trainee stranger"


def _by_the_trainer(world) -> dict:
    """What the trainer kept on their phone; nobody else may send it."""
    return {"owner": str(world.trainer.pk), "entries": [], "ids": []}


ROWS: list[Row] = [
    Row("evaluations:roll_call", get=EVALUATING, refused=OTHERS),
    Row("evaluations:sending", get=EVALUATING, refused=OTHERS),
    Row("evaluations:shell", get="anybody", seen_by="trainer"),
    Row("evaluations:service_worker", get="anybody"),
    Row("evaluations:manifest", get="anybody"),
    Row("evaluations:notebook", get=EVALUATING, refused=OTHERS, json=True),
    *(
        Row(
            name,
            post=EVALUATING,
            posted=200,
            but={"POST counsellor": 409},
            refused=OTHERS,
            data=_by_the_trainer,
            json=True,
        )
        for name in ("evaluations:send", "evaluations:receipt")
    ),
]
