"""The hours of one enrolment as its page shows them: week by week, against the plan, and where they lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.formats import hours
from trainees.enums import Modality, SessionState
from trainees.models import Enrollment, Immersion, TrainingPlan
from trainees.queries.hours.forecast import break_of, course_of, days_of, placement_of
from trainees.queries.hours.forecast_sentences import about
from trainees.rules.hours.forecast import Course, Forecast, foresee, recent_window
from trainees.rules.hours.weeks import Days, Minutes, Plan, Span, Week, done_days, planned_days, week_by_week

ONE_HOUR = 60


@dataclass(frozen=True)
class Progress:
    """The weeks of an enrolment, its forecast while it is open, and where the plan wanted it to be today."""

    today: date
    contract: Span
    plan: TrainingPlan | None
    weeks: list[Week]
    forecast: Forecast | None
    due: Minutes
    done: Minutes

    @property
    def plan_comparison(self) -> str:
        """The hours done and those that the plan foresaw by today, in a sentence; empty before the plan begins."""
        if not self.due.total:
            return ""
        gap = self.done.total - self.due.total
        place = f"{about(abs(gap))} {'d’avance' if gap > 0 else 'de retard'}"
        return (
            f"À ce jour, le plan prévoyait {about(self.due.total)} ; {hours(self.done.total)} sont faites : "
            f"{'comme prévu' if abs(gap) < ONE_HOUR else place}."
        )


def read_progress(enrollment: Enrollment, immersions: Sequence[Immersion], today: date) -> Progress:
    """Read the hours of one enrolment in three queries; its immersions are read already."""
    plans = list(enrollment.plans.order_by("revision"))
    for plan in plans:
        plan.enrollment = enrollment
    breaks = [break_of(pause, today) for pause in enrollment.pauses.all()]
    placements = [placement_of(immersion) for immersion in immersions]
    attended = list(
        enrollment.attendances.filter(minutes__gt=0, session__state=SessionState.HELD)
        .order_by()
        .values_list("session__held_on", "place", "minutes")
    )
    revisions = [_plan_of(plan) for plan in plans]
    planned = planned_days(revisions, placements, breaks)
    done = done_days(attended, placements)
    in_force = revisions[-1].minutes if revisions else None
    course = course_of(enrollment, in_force, today, placements, breaks)
    return Progress(
        today=today,
        contract=Span(enrollment.contract_start, enrollment.contract_end),
        plan=plans[-1] if plans else None,
        weeks=week_by_week(planned, done, breaks, until=today if enrollment.is_open else None),
        forecast=_forecast(course, attended) if enrollment.is_open else None,
        due=_until(planned, today),
        done=course.done,
    )


def _plan_of(plan: TrainingPlan) -> Plan:
    return Plan(
        drawn_on=timezone.localtime(plan.drawn_at).date(),
        minutes=Minutes(plan.production_minutes, plan.classroom_minutes, plan.immersion_minutes),
        span=Span(*days_of(plan)),
    )


def _forecast(course: Course, attended: Sequence[tuple[date, str, int]]) -> Forecast:
    window = recent_window(course)
    recent = sum(minutes for day, _, minutes in attended if window.since <= day < course.today)
    return foresee(course, window, recent)


def _until(days: Mapping[Modality, Days], today: date) -> Minutes:
    """What the days up to today hold, today included."""
    return Minutes(
        **{
            modality.value: sum(minutes for day, minutes in of.items() if day <= today)
            for modality, of in days.items()
        }
    )
