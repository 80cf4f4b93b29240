from django.db import transaction

from accounts.errors import DomainError
from accounts.formats import hours
from accounts.models import User
from accounts.services.journal import record
from trainees.enums import Modality, PathStep
from trainees.models import Enrollment, TrainingPlan
from trainees.models.enrollment import LEAST_MINUTES, MOST_MINUTES
from trainees.services.locks import lock_open_path, refuse_faults


@transaction.atomic
def draw_plan(
    *,
    enrollment: Enrollment,
    production_minutes: int,
    classroom_minutes: int,
    immersion_minutes: int,
    reason: str = "",
    by: User,
) -> TrainingPlan:
    """Lay down the hours foreseen by modality, or revise them; the revisions before stay readable.

    Refused outside 200–399 h, without one of the three modalities (alternance), below what is already
    done in one of them, without a reason for a revision, and when nothing changes. The first plan
    takes the path from its enrolment to its training.
    """
    enrollment = lock_open_path(enrollment)
    planned = {
        Modality.PRODUCTION: production_minutes,
        Modality.CLASSROOM: classroom_minutes,
        Modality.IMMERSION: immersion_minutes,
    }
    refuse_faults(plan_faults(enrollment, planned))
    last = enrollment.plans.first()
    if last and not reason.strip():
        raise DomainError("Une révision du plan porte son motif. Dites en quelques mots ce qui change.")
    if last and _minutes_of(last) == planned:
        raise DomainError("Ce plan est le même que celui en vigueur : il n’y a rien à réviser.")
    plan = TrainingPlan.objects.create(
        enrollment=enrollment,
        revision=last.revision + 1 if last else 1,
        production_minutes=production_minutes,
        classroom_minutes=classroom_minutes,
        immersion_minutes=immersion_minutes,
        reason=reason.strip() if last else "",
        drawn_by=by,
    )
    if enrollment.step == PathStep.ENROLLED:
        enrollment.step = PathStep.TRAINING
        enrollment.save(update_fields=["step"])
    verb = "révisé" if last else "établi"
    record(
        action="trainees.plan.revised" if last else "trainees.plan.drawn",
        subject=plan,
        by=by,
        summary=f"Le plan de formation de {enrollment.trainee} est {verb} : {hours(plan.total_minutes)}",
        reason=plan.reason,
        data={str(modality): minutes for modality, minutes in planned.items()},
        thread=enrollment.pk,
    )
    return plan


def plan_faults(enrollment: Enrollment, planned: dict[str, int]) -> dict[str, str]:
    """Every fault of a plan, by modality, and under "total" that of their sum (minutes)."""
    faults = {}
    for modality, minutes in planned.items():
        done = getattr(enrollment, f"done_{modality}_minutes")
        where = Modality(modality).label
        if minutes <= 0:
            faults[modality] = f"Prévoyez des heures {where} : la formation alterne les trois."
        elif minutes < done:
            faults[modality] = f"{hours(done)} sont déjà faites {where} : prévoyez-en au moins autant."
    total = sum(planned.values())
    if total < LEAST_MINUTES:
        lacking = hours(LEAST_MINUTES - total)
        faults["total"] = f"Ce plan compte {hours(total)}. Il en faut au moins 200 : ajoutez {lacking}."
    elif total > MOST_MINUTES:
        excess = hours(total - MOST_MINUTES)
        faults["total"] = f"Ce plan compte {hours(total)}. Il en tient 399 au plus : retirez {excess}."
    return faults


def _minutes_of(plan: TrainingPlan) -> dict[str, int]:
    return {modality: getattr(plan, f"{modality}_minutes") for modality in Modality}
