"""The hours of one enrolment as its page shows them: week by week, against the plan, with the forecast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core.formats import hours
from trainees.enums import Modality, SessionState
from trainees.models import Enrollment, Immersion, TrainingPlan
from trainees.queries.hours.forecast import break_of, days_of, hours_status_of, period_of
from trainees.queries.hours.forecast_sentences import about
from trainees.rules.hours.forecast import Forecast, HoursStatus, compute_forecast, recent_window
from trainees.rules.hours.weeks import Days, Minutes, Plan, Span, Week, done_days, planned_days, week_by_week

ONE_HOUR = 60


@dataclass(frozen=True)
class Progress:
    """The weeks of an enrolment, its forecast while it is open, and the minutes planned by today (`due`)."""

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
    periods = [period_of(immersion) for immersion in immersions]
    attended = list(
        enrollment.attendances.filter(minutes__gt=0, session__state=SessionState.HELD)
        .order_by()
        .values_list("session__held_on", "place", "minutes")
    )
    revisions = [_plan_of(plan) for plan in plans]
    planned = planned_days(revisions, periods, breaks)
    done = done_days(attended, periods)
    in_force = revisions[-1].minutes if revisions else None
    status = hours_status_of(enrollment, in_force, today, periods, breaks)
    return Progress(
        today=today,
        contract=Span(enrollment.contract_start, enrollment.contract_end),
        plan=plans[-1] if plans else None,
        weeks=week_by_week(planned, done, breaks, until=today if enrollment.is_open else None),
        forecast=_forecast(status, attended) if enrollment.is_open else None,
        due=_until(planned, today),
        done=status.done,
    )


def _plan_of(plan: TrainingPlan) -> Plan:
    return Plan(
        drawn_on=timezone.localtime(plan.drawn_at).date(),
        minutes=Minutes(plan.production_minutes, plan.classroom_minutes, plan.immersion_minutes),
        span=Span(*days_of(plan)),
    )


def _forecast(status: HoursStatus, attended: Sequence[tuple[date, str, int]]) -> Forecast:
    window = recent_window(status)
    recent = sum(minutes for day, _, minutes in attended if window.since <= day < status.today)
    return compute_forecast(status, window, recent)


def _until(days: Mapping[Modality, Days], today: date) -> Minutes:
    """The minutes of the days up to today, today included."""
    return Minutes(
        **{
            modality.value: sum(minutes for day, minutes in of.items() if day <= today)
            for modality, of in days.items()
        }
    )
