"""The current levels and the daily counts, computed again from the evaluations."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, Sum, Window
from django.db.models.functions import RowNumber, TruncDate

from evaluations.models import CurrentLevel, Evaluation, EvaluationTally

COMPARED = ("evaluation_id", "rank", "seen_on", "observations")


def recency(evaluation: Evaluation) -> tuple:
    """The order of evaluations: by the day seen, then the moment recorded, then the id."""
    return evaluation.seen_on, evaluation.recorded_at, evaluation.pk


def latest_facts():
    """The latest valid evaluation of each enrolment in each competency, with the number of valid ones in `together`."""
    pair = [F("enrollment"), F("competency")]
    return (
        Evaluation.objects.valid()
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=pair,
                order_by=[F("seen_on").desc(), F("recorded_at").desc(), F("pk").desc()],
            ),
            together=Window(Count("pk"), partition_by=pair),
        )
        .filter(place=1)
        .select_related("level")
        .order_by()
    )


@transaction.atomic
def recompute_level(*, enrollment_id: UUID, competency_id: UUID) -> None:
    """Compute one current level from its valid evaluations, and delete it when there is none."""
    pair = Q(enrollment=enrollment_id, competency=competency_id)
    latest = latest_facts().filter(pair).first()
    if latest is None:
        CurrentLevel.objects.filter(pair).delete()
        return
    CurrentLevel.objects.update_or_create(
        enrollment_id=enrollment_id, competency_id=competency_id, defaults=_values_of(latest)
    )


def _values_of(latest: Evaluation) -> dict:
    return {
        "evaluation_id": latest.pk,
        "rank": latest.level.rank,
        "seen_on": latest.seen_on,
        "observations": latest.together,
    }


def wrong_levels() -> Iterator[tuple[UUID, UUID]]:
    """The (enrolment, competency) pairs whose current level is not what a recount says."""
    kept = {
        (row.enrollment_id, row.competency_id): {name: getattr(row, name) for name in COMPARED}
        for row in CurrentLevel.objects.iterator(chunk_size=2000)
    }
    for latest in latest_facts().iterator(chunk_size=2000):
        pair = (latest.enrollment_id, latest.competency_id)
        if kept.pop(pair, None) != _values_of(latest):
            yield pair
    yield from kept


def wrong_tallies() -> dict:
    """{(structure id, day): what to add to the count} where the daily counts differ from a recount."""
    facts = (
        Evaluation.objects.valid()
        .order_by()
        .annotate(day=TruncDate("recorded_at"))
        .values_list("structure_id", "day")
        .annotate(total=Count("pk"))
    )
    difference = Counter({(structure, day): total for structure, day, total in facts})
    kept = EvaluationTally.objects.order_by().values_list("structure_id", "day").annotate(total=Sum("count"))
    difference.subtract({(structure, day): total for structure, day, total in kept})
    return {key: missing for key, missing in difference.items() if missing}


@transaction.atomic
def correct_differences() -> None:
    """Rewrite every current level and daily count that a recount contradicts."""
    for enrollment_id, competency_id in list(wrong_levels()):
        recompute_level(enrollment_id=enrollment_id, competency_id=competency_id)
    EvaluationTally.objects.bulk_create(
        EvaluationTally(structure_id=structure, day=day, count=missing)
        for (structure, day), missing in wrong_tallies().items()
    )
