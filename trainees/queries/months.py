"""The presences of a month and why it cannot be signed yet, for one person or a whole crew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Prefetch

from core import clock
from core.formats import counted, joined, shortdate
from structures.models import Structure
from trainees.enums import HalfDay, SessionState
from trainees.models import Attendance, Enrollment, MonthClosing, MonthlySheet, Signature, TrainingSession
from trainees.rules.months import first_of, last_of, month_name, next_month, of_month
from trainees.rules.sessions.half_days import unsigned

NAMED_AT_MOST = 4
ALWAYS = (date.min, date.max)


@dataclass
class Month:
    """The presences of one enrolment in one month, the half-days that nobody signed, the sessions still to come."""

    enrollment: Enrollment
    first_day: date
    attendances: list[Attendance] = field(default_factory=list)
    missing: list[tuple[Attendance, HalfDay]] = field(default_factory=list)
    waiting: list[TrainingSession] = field(default_factory=list)
    closings: list[MonthClosing] = field(default_factory=list)
    employers: list[Structure] = field(default_factory=list)

    @property
    def name(self) -> str:
        return month_name(self.first_day)

    @property
    def slug(self) -> str:
        """As addresses write it: « 2026-03 »."""
        return f"{self.first_day:%Y-%m}"

    @property
    def closing(self) -> MonthClosing | None:
        """The signing in force."""
        return next((row for row in self.closings if row.reopened_at is None), None)

    @property
    def replaced(self) -> list[MonthlySheet]:
        """The sheets of the signings that were reopened, the newest first."""
        return [sheet for row in self.closings if row.reopened_at for sheet in row.sheets.all()]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.attendances)

    @property
    def obstacle(self) -> str:
        """Why the month cannot be signed, in a sentence; empty when only signatures may be missing."""
        month, today = self.first_day, clock.today()
        if month > today:
            return f"Le mois {of_month(month)} n’a pas commencé. Signez-le quand il sera fini."
        if self.closing:
            return f"La feuille {of_month(month)} est déjà signée."
        if not is_over(self.enrollment, month, today):
            return (
                f"Le mois {of_month(month)} n’est pas fini. "
                f"La feuille se signe à partir du {shortdate(next_month(month))}."
            )
        if self.waiting:
            names = joined(
                f"« {row.theme} » du {shortdate(row.held_on)}" for row in self.waiting[:NAMED_AT_MOST]
            )
            more = len(self.waiting) - NAMED_AT_MOST
            names += f", et {counted(more, 'autre')}" if more > 0 else ""
            return f"L’appel n’est pas fait : {names}. Faites-le, ou annulez la séance, puis signez le mois."
        if not self.attendances:
            return f"Aucune séance en {month_name(month)} : il n’y a rien à signer."
        return ""

    @property
    def missing_sentence(self) -> str:
        """Which half-days the trainee has not signed; empty when none is."""
        if not self.missing:
            return ""
        days = [f"{shortdate(row.session.held_on)} ({half.label})" for row, half in self.missing]
        named = joined(days[:NAMED_AT_MOST])
        more = len(days) - NAMED_AT_MOST
        return f"{counted(len(days), 'signature')} à recueillir : {named}" + (
            f", et {counted(more, 'autre')}." if more > 0 else "."
        )

    @property
    def is_complete(self) -> bool:
        """May be signed as it is."""
        return not self.obstacle and not self.missing


def read_month(enrollment: Enrollment, month: date) -> Month:
    return read_months([enrollment], month)[enrollment.pk]


def read_months(enrollments: Iterable[Enrollment], month: date) -> dict:
    """One `Month` for each enrolment, by its id, in five queries whatever their number."""
    first = first_of(month)
    months = {(enrollment.pk, first): Month(enrollment, first) for enrollment in enrollments}
    _fill(months, [pk for pk, _ in months], (first, last_of(first)))
    return {enrollment: read for (enrollment, _), read in months.items()}


def read_history(enrollment: Enrollment) -> list[Month]:
    """Every month of an enrolment with a presence, the newest first; five queries."""
    months = _History(enrollment)
    _fill(months, [enrollment.pk], ALWAYS)
    return sorted(months.values(), key=lambda read: read.first_day, reverse=True)


def is_over(enrollment: Enrollment, month: date, today: date) -> bool:
    """Whether nothing more can happen in the month: it is past, or the enrolment or its contract ended in it."""
    if today > last_of(month):
        return True
    ended = [day for day in (enrollment.left_on, enrollment.completed_on) if day and day <= today]
    return bool(ended) or enrollment.contract_end < today


class _History(dict):
    """The months of one enrolment, each made when its first presence comes."""

    def __init__(self, enrollment: Enrollment) -> None:
        super().__init__()
        self.enrollment = enrollment

    def __missing__(self, key: tuple) -> Month:
        self[key] = Month(self.enrollment, key[1])
        return self[key]


def _fill(months: dict, enrollments: list, period: tuple[date, date]) -> None:
    held = Attendance.objects.filter(
        enrollment__in=enrollments, session__state=SessionState.HELD, session__held_on__range=period
    )
    for row in held.select_related("session__trainer").order_by(
        "session__held_on", "session__starts_at", "pk"
    ):
        months[row.enrollment_id, first_of(row.session.held_on)].attendances.append(row)
    _find_missing(months)
    for enrollment, session in _expected(enrollments, period):
        if (enrollment, first_of(session.held_on)) in months:
            months[enrollment, first_of(session.held_on)].waiting.append(session)
    sheets = Prefetch("sheets", MonthlySheet.objects.defer("content").select_related("structure"))
    closings = MonthClosing.objects.filter(enrollment__in=enrollments, month__range=period)
    for closing in closings.select_related("closed_by", "reopened_by").prefetch_related(sheets):
        if (closing.enrollment_id, closing.month) in months:
            months[closing.enrollment_id, closing.month].closings.append(closing)


def _expected(enrollments: list, period: tuple[date, date]) -> Iterator[tuple]:
    """The sessions whose roll is to come, each with an enrolment that is expected there."""
    planned = TrainingSession.objects.planned().filter(expected__in=enrollments, held_on__range=period)
    for session in planned.annotate(enrollment_id=F("expected__pk")).order_by("held_on", "starts_at"):
        yield session.enrollment_id, session


def _find_missing(months: dict) -> None:
    present = {row.pk: (row, read) for read in months.values() for row in read.attendances if row.minutes}
    signed = defaultdict(set)
    signatures = Signature.objects.valid().filter(attendance__in=present)
    for pk, half in signatures.values_list("attendance_id", "half"):
        signed[pk].add(half)
    for pk, (row, read) in present.items():
        is_whole = row.minutes == row.session_minutes
        read.missing += [(row, half) for half in unsigned(row.session.halves, signed[pk], is_whole=is_whole)]
