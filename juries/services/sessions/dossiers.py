"""Which dossiers may come before a jury."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from core.errors import DomainError, StaleState
from evaluations.enums import DossierState
from evaluations.models import Dossier
from juries.enums import Outcome, SessionState
from juries.models import Candidate, Decision
from trainees.enums import EnrollmentState

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

REUSABLE = (Outcome.ABSENT, Outcome.ADJOURNED)
"""Outcomes after which the same dossier may come back: nothing in it was judged."""


class Obstacles(TypedDict):
    is_replaced: bool
    is_candidate: bool
    is_judged: bool


DossierWithObstacles: TypeAlias = "WithAnnotations[Dossier, Obstacles]"


def with_obstacles(dossiers: QuerySet[Dossier]) -> "QuerySet[DossierWithObstacles]":
    """With `is_replaced` (a later attempt exists), `is_candidate` (of a session under way) and `is_judged`."""
    later = Dossier.objects.filter(enrollment=OuterRef("enrollment"), attempt__gt=OuterRef("attempt"))
    active = Candidate.objects.filter(enrollment=OuterRef("enrollment"), is_open=True)
    judged = Decision.objects.in_force().filter(candidate__dossier=OuterRef("pk"))
    judged = judged.exclude(candidate__session__state=SessionState.CANCELLED)  # no jury concluded
    return dossiers.select_related(
        "enrollment__trainee", "enrollment__structure", "enrollment__support"
    ).annotate(
        is_replaced=_as_boolean(later),
        is_candidate=_as_boolean(active),
        is_judged=_as_boolean(judged.exclude(outcome__in=REUSABLE)),
    )


def _as_boolean(rows: QuerySet) -> Case:
    return Case(When(Exists(rows), then=Value(True)), default=Value(False), output_field=BooleanField())


def eligible_dossiers() -> "QuerySet[DossierWithObstacles]":
    """Accepted dossiers that wait for a jury: the latest attempt of an enrolment under way, never judged."""
    ready = Q(state=DossierState.ACCEPTED, enrollment__state=EnrollmentState.ACTIVE)
    free = Q(is_replaced=False, is_candidate=False, is_judged=False)
    return with_obstacles(Dossier.objects.filter(ready)).filter(free).order_by("examined_at", "pk")


def read_dossiers(pks: Iterable) -> "list[DossierWithObstacles]":
    """These dossiers and their obstacles, in one query, without their snapshots."""
    return list(with_obstacles(Dossier.objects.filter(pk__in=list(pks)).defer("snapshot")).order_by("pk"))


def refusal_of(dossier: "DossierWithObstacles") -> DomainError | None:
    """Why this dossier, read with its obstacles, cannot come before a jury; None when it can."""
    enrollment, name = dossier.enrollment, dossier.enrollment.trainee
    if enrollment.state != EnrollmentState.ACTIVE:
        return DomainError(
            f"Le parcours de {name} est « {enrollment.get_state_display()} » : il doit être en cours."
        )
    if dossier.state != DossierState.ACCEPTED:
        return DomainError(
            f"Le dossier de {name} est "
            f"« {dossier.get_state_display()} » : examinez-le et acceptez-le d’abord."
        )
    if dossier.is_replaced:
        return StaleState(f"{name} a scellé un dossier plus récent : choisissez celui-là.")
    if dossier.is_candidate:
        return StaleState(f"{name} est déjà candidat à une session. Retirez d’abord cette candidature.")
    if dossier.is_judged:
        return DomainError(f"Un jury s’est déjà prononcé sur ce dossier de {name} : il en faut un nouveau.")
    return None
