"""The promotions of the demonstration: enrolment, plan, weekly sessions, evaluations and sheets."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from uuid import UUID, uuid5

from accounts.models import User
from cqp.demo.people import PersonGenerator
from cqp.demo.schedule import Schedule, working_day
from cqp.demo.structures import Team
from evaluations.models import Activity, Competency
from evaluations.services.evaluations import Observation, record_evaluations
from evaluations.services.sheets import submit_sheet, validate_sheet, write_sheet
from structures.models import ProductionSupport
from trainees.enums import AbsenceReason, SessionKind, SessionPlace, TrainingModule
from trainees.models import Enrollment
from trainees.services.enrollments import Contract, Identity, enrol
from trainees.services.hours.plans import plan_hours
from trainees.services.sessions import Presence, log_session

HOUR = 60
SESSIONS_BEFORE_JURY = 30
SESSION = (time(7, 30), time(13, 30), 6 * HOUR)
NAMESPACE = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")


@dataclass
class Promotion:
    """A crew that starts together on one support, and how far it will have come by today."""

    team: Team
    trainer_rank: int
    support_code: str
    size: int
    starts_on: date
    weeks_between_sessions: int = 1
    candidates: int = 0
    jury_on: date | None = None
    sheets_each: int = 0
    has_plans: bool = True
    enrollments: list[Enrollment] = field(default_factory=list)
    support: ProductionSupport = field(init=False)

    @property
    def jury_day(self) -> date:
        """The day of its jury, for a promotion that has one."""
        if self.jury_on is None:
            raise ValueError(f"{self.team.fixture.city} has no jury")
        return self.jury_on

    @property
    def trainer(self) -> User:
        return self.team.trainers[self.trainer_rank]


class Training:
    """Plans the acts of every promotion."""

    def __init__(self, *, today: date, people: PersonGenerator) -> None:
        self.today, self.people = today, people
        self.files = count(10_412, 7)
        self.random = Random(399)  # noqa: S311 - the same weeks at each rebuilding
        self.competencies: dict[str, list[Competency]] = {}
        self.activities: dict[str, list[Activity]] = {}

    def plan(self, schedule: Schedule, promotion: Promotion) -> None:
        schedule.at(promotion.starts_on, 9, lambda: self._enrol(promotion))
        if promotion.has_plans:
            schedule.at(promotion.starts_on + timedelta(days=3), 9, lambda: self._plan_hours(promotion))
        last = min(self.today, promotion.jury_on - timedelta(days=35) if promotion.jury_on else self.today)
        days = self._days(promotion, last)
        for n, held_on in enumerate(days):
            schedule.at(held_on, 14, self._session(promotion, n, held_on))
        rounds = 12 if promotion.candidates else max(1, len(days) // 4)
        for n in range(rounds):
            if days:
                seen_on = days[min(len(days) - 1, n * len(days) // rounds + 1)]
                schedule.at(seen_on, 15, self._evaluations(promotion, n, seen_on))
        for n in range(promotion.sheets_each):
            if days:
                told_on = days[(n + 1) * len(days) // (promotion.sheets_each + 1)]
                schedule.at(told_on, 16, self._sheets(promotion, n, told_on))

    def _days(self, promotion: Promotion, last: date) -> list[date]:
        """The days of the sessions: thirty evenly spread before a jury, or one every few weeks."""
        first = promotion.starts_on + timedelta(days=7)
        span = (last - first).days
        if promotion.candidates:
            offsets = [n * span // SESSIONS_BEFORE_JURY for n in range(SESSIONS_BEFORE_JURY)]
        else:
            offsets = list(range(0, span, 7 * promotion.weeks_between_sessions))
        days: list[date] = []
        for offset in offsets:
            day = working_day(first + timedelta(days=offset))
            while day in days or day.weekday() > 4:
                day += timedelta(days=1)
            days.append(day)
        return sorted(days)

    def _enrol(self, promotion: Promotion) -> None:
        promotion.support = ProductionSupport.objects.get(code=promotion.support_code)
        for _ in range(promotion.size):
            person = self.people.next()
            contract = Contract(
                start=promotion.starts_on - timedelta(days=self.random.choice((0, 7, 15))),
                end=promotion.starts_on + timedelta(days=self.random.choice((275, 330, 364, 364, 540))),
                weekly_hours=Decimal(26),
                funding_number=f"APC-{promotion.starts_on.year}-{next(self.files)}",
            )
            promotion.enrollments.append(
                enrol(
                    structure=promotion.team.structure,
                    support=promotion.support,
                    referent=promotion.trainer,
                    identity=Identity(**vars(person)),
                    contract=contract,
                    by=promotion.team.director,
                )
            )

    def _plan_hours(self, promotion: Promotion) -> None:
        for enrollment in promotion.enrollments:
            production, classroom = (
                (120, 60)
                if promotion.candidates
                else self.random.choice(((130, 75), (140, 85), (180, 110), (150, 80)))
            )
            plan_hours(
                enrollment=enrollment,
                production_minutes=production * HOUR,
                classroom_minutes=classroom * HOUR,
                immersion_minutes=35 * HOUR,
                by=promotion.team.director,
            )

    def _session(self, promotion: Promotion, n: int, held_on: date):
        def act() -> None:
            classroom = n % 3 == 2
            starts_at, ends_at, length = SESSION
            presences = [
                self._presence(promotion, enrollment, length) for enrollment in promotion.enrollments
            ]
            activity = self._activities(promotion)[n % len(self._activities(promotion))]
            log_session(
                structure=promotion.team.structure,
                trainer=promotion.trainer,
                held_on=held_on,
                starts_at=starts_at,
                ends_at=ends_at,
                place=SessionPlace.CLASSROOM if classroom else SessionPlace.PRODUCTION,
                kind=SessionKind.GROUP,
                module=TrainingModule.values[n % 3] if classroom else TrainingModule.PROFESSIONAL,
                theme="Compétences clés en situation" if classroom else activity.name,
                presences=presences,
                by=promotion.trainer,
            )

        return act

    def _presence(self, promotion: Promotion, enrollment: Enrollment, length: int) -> Presence:
        away = not promotion.candidates and self.random.random() < 0.12
        if away:
            return Presence(enrollment=enrollment, minutes=0, absence=AbsenceReason.JUSTIFIED)
        return Presence(enrollment=enrollment, minutes=length, absence="")

    def _evaluations(self, promotion: Promotion, n: int, seen_on: date):
        def act() -> None:
            competencies = self._competencies(promotion)
            width = -(-len(competencies) // 10) if promotion.candidates else 3
            chosen = [competencies[(n * width + k) % len(competencies)] for k in range(width)]
            activity = self._activities(promotion)[n % len(self._activities(promotion))]
            record_evaluations(
                observations=[
                    Observation(
                        id=uuid5(NAMESPACE, f"{enrollment.pk}/{competency.pk}/{n}"),
                        enrollment_id=enrollment.pk,
                        competency_id=competency.pk,
                        rank=self._rank(promotion, n),
                        seen_on=seen_on,
                        situation=activity.name,
                    )
                    for enrollment in promotion.enrollments
                    for competency in chosen
                ],
                by=promotion.trainer,
            )

        return act

    def _rank(self, promotion: Promotion, n: int) -> int:
        if promotion.candidates:
            return self.random.choice((3, 3, 3, 4, 4, 2 if n < 3 else 3))
        return min(4, self.random.choice((1, 2, 2, 3)) + n // 4)

    def _sheets(self, promotion: Promotion, n: int, told_on: date):
        def act() -> None:
            activity = self._activities(promotion)[n % len(self._activities(promotion))]
            shown = list(activity.competencies.all())[:3]
            for enrollment in promotion.enrollments if promotion.candidates else promotion.enrollments[::4]:
                sheet = write_sheet(
                    enrollment=enrollment,
                    title=activity.name,
                    done_on=told_on,
                    what=f"J’ai participé à cette activité avec l’équipe : {activity.name.lower()}.",
                    where=f"Sur notre chantier de {promotion.team.fixture.city}",
                    tools="Les outils de l’atelier",
                    people="Mon équipe et mon encadrant",
                    learnt="À préparer mon poste, à travailler en sécurité et à ranger après.",
                    claims={competency.pk: 3 for competency in shown},
                    by=promotion.trainer,
                )
                sheet = submit_sheet(sheet=sheet, by=promotion.trainer)
                validate_sheet(sheet=sheet, by=promotion.trainer)

        return act

    def _competencies(self, promotion: Promotion) -> list[Competency]:
        if promotion.support_code not in self.competencies:
            version = promotion.support.framework_version
            found = Competency.objects.for_enrollment(version=version, support_id=promotion.support.pk)
            self.competencies[promotion.support_code] = list(found)
        return self.competencies[promotion.support_code]

    def _activities(self, promotion: Promotion) -> list[Activity]:
        if promotion.support_code not in self.activities:
            found = Activity.objects.filter(support=promotion.support).prefetch_related("competencies")
            self.activities[promotion.support_code] = list(found)
        return self.activities[promotion.support_code]
