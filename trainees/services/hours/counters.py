"""The hours done: the counters kept on each enrolment, their cap of 399 h, and the recount that checks them.

Those who plan (sessions every week, immersions) call `would_exceed` before they save, to warn early;
only `add_minutes` refuses, when the hours are done.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Sum, When
from django.db.models.expressions import CombinedExpression

from core.errors import DomainError
from core.formats import hours, joined
from trainees.enums import Modality, SessionState
from trainees.models import Attendance, Enrollment, Immersion, TrainingSession
from trainees.models.enrollments.enrollment import MOST_MINUTES

COUNTERS: dict[str, str] = {modality: f"done_{modality}_minutes" for modality in Modality}


@dataclass(frozen=True)
class Difference:
    """A counter that differs from the rows it counts, in minutes."""

    enrollment: Enrollment
    modality: Modality
    kept: int
    counted: int


@dataclass(frozen=True)
class Ahead:
    """What an enrolment has done, and what is arranged for it already, in minutes."""

    done: int
    sessions: int
    immersions: int

    @property
    def arranged(self) -> int:
        return self.sessions + self.immersions

    @property
    def left(self) -> int:
        """What the cap of 399 h still leaves to plan; negative when too much is arranged."""
        return MOST_MINUTES - self.done - self.arranged


def hours_ahead(enrollments: Sequence[Enrollment], *, besides: Sequence[UUID] = ()) -> dict[UUID, Ahead]:
    """By enrolment id: done, planned sessions where it is expected, immersions to confirm. Two queries in all.

    A session whose roll is late counts, as it may still be called; `besides` names sessions to leave
    out, those that are being planned again.
    """
    expected = TrainingSession.expected.through.objects.filter(
        enrollment__in=enrollments, trainingsession__state=SessionState.PLANNED
    ).exclude(trainingsession__in=besides)
    sessions: dict[UUID, int] = defaultdict(int)
    for pk, start, end in expected.values_list(
        "enrollment_id", "trainingsession__starts_at", "trainingsession__ends_at"
    ):
        sessions[pk] += _minutes_between(start, end)
    immersions = dict(
        Immersion.objects.filter(enrollment__in=enrollments, confirmed_at=None)
        .order_by()
        .values_list("enrollment")
        .annotate(total=Sum("planned_minutes"))
    )
    return {
        enrollment.pk: Ahead(
            enrollment.done_minutes, sessions[enrollment.pk], immersions.get(enrollment.pk, 0)
        )
        for enrollment in enrollments
    }


def cap_warning(ahead: Ahead) -> str:
    """What to say when all that is arranged would pass 399 h; nothing otherwise."""
    if ahead.left >= 0:
        return ""
    parts = [(ahead.sessions, "de séances prévues"), (ahead.immersions, "d’immersion à confirmer")]
    arranged = joined(f"{hours(minutes)} {words}" for minutes, words in parts if minutes)
    return (
        f"Avec {arranged}, ce parcours ferait {hours(ahead.done + ahead.arranged)} : {hours(-ahead.left)} de "
        "trop. Il en tient 399 au plus : les dernières présences seraient refusées."
    )


def hours_left(enrollments: Sequence[Enrollment], *, besides: Sequence[UUID] = ()) -> dict[UUID, int]:
    """By enrolment id, the minutes that may still be planned under 399 h; negative when too much is arranged."""
    return {pk: ahead.left for pk, ahead in hours_ahead(enrollments, besides=besides).items()}


def would_exceed(enrollments: Sequence[Enrollment], minutes: int, *, besides: Sequence[UUID] = ()) -> str:
    """A warning when `minutes` more for each would take somebody past 399 h: who, by how much; or nothing."""
    left = hours_left(enrollments, besides=besides)
    over = [
        f"{enrollment.trainee} ({hours(minutes - left[enrollment.pk])} de trop)"
        for enrollment in enrollments
        if minutes > left[enrollment.pk]
    ]
    if not over:
        return ""
    return (
        f"Avec ce qui est déjà fait et prévu, 399 heures seraient dépassées : {', '.join(over)}. "
        "Au-delà, aucune présence ne s’enregistre : retirez des séances, ou raccourcissez-les."
    )


def add_minutes(changes: Iterable[tuple[Enrollment, str, int]]) -> None:
    """Add minutes (or take some back) to the counters of locked enrolments, in one query whatever their number.

    Refused above 399 h, naming everybody concerned and by how much.
    """
    added: dict[str, Counter[UUID]] = defaultdict(Counter)
    too_many = []
    for enrollment, modality, minutes in changes:
        name = COUNTERS[modality]
        setattr(enrollment, name, getattr(enrollment, name) + minutes)
        added[name][enrollment.pk] += minutes
        if minutes > 0 and enrollment.done_minutes > MOST_MINUTES:
            excess = hours(enrollment.done_minutes - MOST_MINUTES)
            too_many.append(f"{enrollment.trainee} ({excess} de trop)")
    if too_many:
        raise DomainError(
            "Un parcours ne dépasse pas 399 heures de formation : "
            f"{', '.join(too_many)}. Réduisez la durée de ces présences."
        )
    if added:
        changed = {pk for minutes in added.values() for pk in minutes}
        Enrollment.objects.filter(pk__in=changed).update(
            **{name: _with(name, minutes) for name, minutes in added.items()}
        )


def _with(name: str, minutes: Counter[UUID]) -> CombinedExpression:
    """A counter and the minutes added to it by enrolment id, in one case for all that get as many."""
    by_minutes = defaultdict(list)
    for pk, more in minutes.items():
        by_minutes[more].append(pk)
    return F(name) + Case(*(When(pk__in=pks, then=more) for more, pks in by_minutes.items()), default=0)


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
def apply_recount(found: Iterable[Difference]) -> None:
    """Write the counted minutes over the stored ones."""
    for difference in found:
        rows = Enrollment.objects.filter(pk=difference.enrollment.pk)
        delta = difference.counted - difference.kept
        rows.update(**{COUNTERS[difference.modality]: F(COUNTERS[difference.modality]) + delta})


def _minutes_between(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute
