"""The hours done: the counters kept on each path, their cap of 399 h, and the recount that proves them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Sum

from accounts.errors import DomainError
from accounts.formats import hours
from trainees.enums import Modality
from trainees.models import Attendance, Enrollment, Immersion
from trainees.models.enrollment import MOST_MINUTES

COUNTERS = {modality: f"done_{modality}_minutes" for modality in Modality}


@dataclass(frozen=True)
class Difference:
    """A counter that says something else than the rows it counts, in minutes."""

    enrollment: Enrollment
    modality: Modality
    kept: int
    counted: int


def add_minutes(changes: Iterable[tuple[Enrollment, str, int]]) -> None:
    """Add minutes (or take some back) to the counters of locked paths, in one query whatever their number.

    Refused above 399 h, naming everybody concerned and by how much.
    """
    touched, names, too_many = [], set(), []
    for enrollment, modality, minutes in changes:
        name = COUNTERS[modality]
        setattr(enrollment, name, getattr(enrollment, name) + minutes)
        touched.append(enrollment)
        names.add(name)
        if minutes > 0 and enrollment.done_minutes > MOST_MINUTES:
            excess = hours(enrollment.done_minutes - MOST_MINUTES)
            too_many.append(f"{enrollment.trainee} ({excess} de trop)")
    if too_many:
        raise DomainError(
            "Un parcours ne dépasse pas 399 heures de formation : "
            f"{', '.join(too_many)}. Réduisez la durée de ces présences."
        )
    if touched:
        Enrollment.objects.bulk_update(touched, sorted(names))


def differences() -> Iterator[Difference]:
    """Every counter that differs from a recount of attendances and confirmed immersions."""
    attended = {
        (row["enrollment"], row["place"]): row["total"]
        for row in Attendance.objects.order_by().values("enrollment", "place").annotate(total=Sum("minutes"))
    }
    immersed = dict(
        Immersion.objects.filter(confirmed_at__isnull=False)
        .order_by()
        .values_list("enrollment")
        .annotate(total=Sum("done_minutes"))
    )
    for enrollment in Enrollment.objects.select_related("trainee").order_by("pk").iterator(chunk_size=1000):
        counted = {modality: attended.get((enrollment.pk, modality), 0) for modality in Modality}
        counted[Modality.IMMERSION] = immersed.get(enrollment.pk, 0)
        for modality, minutes in counted.items():
            kept = getattr(enrollment, COUNTERS[modality])
            if kept != minutes:
                yield Difference(enrollment, modality, kept, minutes)


@transaction.atomic
def settle(found: Iterable[Difference]) -> None:
    """Write what was counted over what was kept."""
    for difference in found:
        rows = Enrollment.objects.filter(pk=difference.enrollment.pk)
        delta = difference.counted - difference.kept
        rows.update(**{COUNTERS[difference.modality]: F(COUNTERS[difference.modality]) + delta})
