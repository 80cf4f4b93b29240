from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.formats import daterange, hours
from core.services.journal import record
from core.texts import required_reason
from trainees.enums import EnrollmentStep, Modality
from trainees.models import Enrollment, TrainingPlan
from trainees.models.enrollments.enrollment import LEAST_MINUTES, MOST_MINUTES
from trainees.queries.hours.forecast import days_of
from trainees.services.locks import lock_open_enrollment, refuse_faults

COLUMNS = ("Production", "Salle", "Immersion")


@dataclass(frozen=True)
class Revision:
    """A plan as its history shows it: the minutes it changed by modality, none for the first."""

    plan: TrainingPlan
    before: TrainingPlan | None

    @property
    def columns(self) -> list[dict]:
        """The minutes of each modality and their total, with their change."""
        now = [*_minutes_of(self.plan).values(), self.plan.total_minutes]
        then = [*_minutes_of(self.before).values(), self.before.total_minutes] if self.before else now
        labels = (*COLUMNS, "Total")
        return [
            {"label": label, "minutes": here, "change": here - there}
            for label, here, there in zip(labels, now, then, strict=True)
        ]

    @property
    def moves_dates(self) -> bool:
        return self.before is not None and _dates_of(self.plan) != _dates_of(self.before)


@transaction.atomic
def plan_hours(
    *,
    enrollment: Enrollment,
    production_minutes: int,
    classroom_minutes: int,
    immersion_minutes: int,
    starts_on: date | None = None,
    ends_on: date | None = None,
    reason: str = "",
    by: User,
) -> TrainingPlan:
    """Plan the hours by modality, or revise them; the former revisions stay readable.

    Refused outside 200–399 h, without one of the three modalities (alternance), below what is already
    done in one of them, with one date and not the other, without a reason for a revision, and when nothing
    changes. Without dates the plan runs from the enrolment to the end of the contract. The first plan takes
    the enrolment to the step of training. Read `plan_warnings` after it.
    """
    enrollment = lock_open_enrollment(enrollment)
    planned: dict[str, int] = {
        Modality.PRODUCTION: production_minutes,
        Modality.CLASSROOM: classroom_minutes,
        Modality.IMMERSION: immersion_minutes,
    }
    refuse_faults(plan_faults(enrollment, planned) | date_faults(starts_on, ends_on))
    last = enrollment.plans.first()
    if last:
        reason = required_reason(
            reason, missing="Une révision du plan porte son motif. Dites en quelques mots ce qui change."
        )
    if last and _minutes_of(last) == planned and _dates_of(last) == (starts_on, ends_on):
        raise DomainError("Ce plan est le même que celui en vigueur : il n’y a rien à réviser.")
    plan = TrainingPlan.objects.create(
        enrollment=enrollment,
        revision=last.revision + 1 if last else 1,
        production_minutes=production_minutes,
        classroom_minutes=classroom_minutes,
        immersion_minutes=immersion_minutes,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason if last else "",
        drawn_by=by,
    )
    if enrollment.step == EnrollmentStep.ENROLLED:
        enrollment.step = EnrollmentStep.TRAINING
        enrollment.save(update_fields=["step"])
    verb = "révisé" if last else "établi"
    record(
        action="trainees.plan.revised" if last else "trainees.plan.drawn",
        subject=plan,
        by=by,
        summary=f"Le plan de formation de {enrollment.trainee} est {verb} : {hours(plan.total_minutes)}",
        reason=plan.reason,
        data={str(modality): minutes for modality, minutes in planned.items()}
        | {"dates": [day.isoformat() for day in (starts_on, ends_on) if day]},
        topic_id=enrollment.pk,
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


def date_faults(starts_on: date | None, ends_on: date | None) -> dict[str, str]:
    """Every fault of the dates of a plan, by field: both or neither, in order."""
    if starts_on and not ends_on:
        return {"ends_on": "Indiquez aussi la fin, ou laissez les deux dates vides."}
    if ends_on and not starts_on:
        return {"starts_on": "Indiquez aussi le début, ou laissez les deux dates vides."}
    if starts_on and ends_on and ends_on <= starts_on:
        return {"ends_on": "La formation finit avant d’avoir commencé. Vérifiez les deux dates."}
    return {}


def plan_warnings(plan: TrainingPlan) -> list[str]:
    """What is unusual without being forbidden: days out of the contract, weeks longer than the contract's."""
    enrollment, warnings = plan.enrollment, []
    start, end = days_of(plan)
    if start < enrollment.contract_start or end > enrollment.contract_end:
        contract = daterange(enrollment.contract_start, enrollment.contract_end)
        warnings.append(
            f"Le plan sort du contrat, qui court {contract} : seules les séances dans le contrat "
            "s’enregistrent. Changez les dates du plan, ou prolongez le contrat."
        )
    weeks = max(1, ((end - start).days + 1) / 7)
    weekly = round(plan.total_minutes / weeks)
    if weekly > enrollment.weekly_hours * 60:
        warnings.append(
            f"Ce plan demande {hours(weekly)} de formation par semaine ; le contrat compte "
            f"{hours(int(enrollment.weekly_hours * 60))} de travail. Donnez-lui plus de semaines."
        )
    return warnings


def revisions_of(enrollment: Enrollment) -> list[Revision]:
    """The plans of an enrolment with what each changed, the one in force first."""
    plans = list(enrollment.plans.select_related("drawn_by"))
    for plan in plans:
        plan.enrollment = enrollment
    return [Revision(plan, before) for plan, before in zip(plans, [*plans[1:], None], strict=False)]


def _dates_of(plan: TrainingPlan) -> tuple[date | None, date | None]:
    return plan.starts_on, plan.ends_on


def _minutes_of(plan: TrainingPlan) -> dict[str, int]:
    return {modality: getattr(plan, f"{modality}_minutes") for modality in Modality}
