"""What passes from one hand to another, and what a team may still read of those who moved."""

from tests.access.table import Row, pk


def _successor(world) -> dict:
    return {"successor": world.counsellor.pk}


ROWS = [
    Row(
        "evaluations:crew_transfer",
        pk("membership"),
        get="certifier director trainer",
        post="certifier director trainer",
        refused="counsellor",
        data=_successor,
    ),
    Row("evaluations:past_placement", pk("past_placement"), get="certifier stranger"),
]
