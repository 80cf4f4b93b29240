from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from core.formats import shortdate
from core.text_folding import folded
from trainees.models import Trainee


def tell_apart(trainees: Iterable[Trainee]) -> None:
    """Let those shown under the same name be written with their birth year, or birth date within one year.

    To be called on the rows that a page shows side by side; names are the same whatever accents and hyphens.
    """
    homonyms: defaultdict[str, dict[UUID, list[Trainee]]] = defaultdict(dict)
    for trainee in trainees:
        homonyms[folded(f"{trainee.first_names} {trainee.shown_name}")].setdefault(trainee.pk, []).append(
            trainee
        )
    for people in homonyms.values():
        rows = [row for same in people.values() for row in same]
        years = {row.birth_date.year for row in rows}
        for row in rows if len(people) > 1 else ():
            day = str(row.birth_date.year) if len(years) == len(people) else shortdate(row.birth_date)
            row.told_apart = f" ({day})"
