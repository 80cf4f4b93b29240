"""Why planned sessions cannot be, day by day: trainers who lead another session, people who cannot come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import DomainError
from core.formats import joined, longdate, shortdate, timeofday
from structures.enums import EVALUATING_ROLES
from structures.models import Membership
from trainees.enums import SessionState
from trainees.models import Enrollment, Pause, TrainingSession
from trainees.services.sessions.checks import is_under_contract, names, trained_on

MOST_DAYS_NAMED = 6


@dataclass(frozen=True)
class Obstacle:
    """Why one day is impossible; `enrollment` is the person concerned when the others could come."""

    day: date
    reason: str
    enrollment: Enrollment | None = None


class DatesRefused(DomainError):
    """Some days of a series are impossible: one line for each reason, with the days and the people concerned."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        self.obstacles = obstacles
        lines = [f"{line}." for line in _lines(obstacles)]
        super().__init__("\n".join(["Rien n’est enregistré, car des dates ne conviennent pas.", *lines]))

    @property
    def days(self) -> list[date]:
        return sorted({obstacle.day for obstacle in self.obstacles})

    @property
    def is_about_people(self) -> bool:
        """Whether some of those days would do for the others."""
        return any(obstacle.enrollment for obstacle in self.obstacles)


def find_obstacles(
    expected: Mapping[TrainingSession, Sequence[Enrollment]], *, leave_out: bool = False
) -> tuple[list[Obstacle], dict[TrainingSession, list[Enrollment]]]:
    """Why sessions of one trainer are impossible, and who can come to each; three queries.

    With `leave_out`, those who cannot come are left out of that day, which is planned as long as somebody can.
    Call it once the trainer is locked.
    """
    sessions = list(expected)
    found = _trainer_obstacles(sessions)
    pauses: dict = defaultdict(list)
    for pause in Pause.objects.filter(enrollment__in={row for rows in expected.values() for row in rows}):
        pauses[pause.enrollment_id].append(pause)
    coming = {}
    for session in sessions:
        away = [
            obstacle
            for enrollment in expected[session]
            if (obstacle := _person_obstacle(enrollment, session.held_on, pauses[enrollment.pk]))
        ]
        absent = {obstacle.enrollment for obstacle in away}
        coming[session] = [enrollment for enrollment in expected[session] if enrollment not in absent]
        if not leave_out:
            found += away
        elif not coming[session]:
            found.append(Obstacle(session.held_on, "Personne ne peut venir"))
    return found, coming


def _trainer_obstacles(sessions: Sequence[TrainingSession]) -> list[Obstacle]:
    trainer, structure = sessions[0].trainer, sessions[0].structure
    memberships = list(
        Membership.objects.filter(structure=structure, user=trainer, role__in=EVALUATING_ROLES)
    )
    others: dict[date, list[TrainingSession]] = defaultdict(list)
    days = {session.held_on for session in sessions}
    rows = TrainingSession.objects.exclude(state=SessionState.CANCELLED)
    for other in rows.filter(trainer=trainer, held_on__in=days).exclude(pk__in=[row.pk for row in sessions]):
        others[other.held_on].append(other)
    found = []
    for session in sessions:
        day = session.held_on
        if not any(trained_on(membership, day) for membership in memberships):
            found.append(Obstacle(day, f"{trainer} n’encadre pas à {structure}"))
        for other in others[day]:
            if other.starts_at < session.ends_at and other.ends_at > session.starts_at:
                hours = f"de {timeofday(other.starts_at)} à {timeofday(other.ends_at)}"
                found.append(Obstacle(day, f"{trainer} anime déjà « {other.theme} » {hours}"))
    return found


def _person_obstacle(enrollment: Enrollment, day: date, pauses: Iterable[Pause]) -> Obstacle | None:
    if not is_under_contract(enrollment, day):
        return Obstacle(day, "Hors du contrat", enrollment)
    if any(pause.starts_on <= day and (pause.ends_on is None or pause.ends_on >= day) for pause in pauses):
        return Obstacle(day, "En pause", enrollment)
    return None


def _lines(obstacles: Iterable[Obstacle]) -> list[str]:
    """« Hors du contrat : Awa BAMBA et Zoé COSTA, le lundi 2 mars 2026 »: people absent on the same days together."""
    days: dict[tuple[str, Enrollment | None], list[date]] = defaultdict(list)
    for obstacle in obstacles:
        days[obstacle.reason, obstacle.enrollment].append(obstacle.day)
    people: dict[tuple[str, tuple[date, ...]], list[Enrollment]] = defaultdict(list)
    for (reason, enrollment), found in days.items():
        people[reason, tuple(found)] += [enrollment] if enrollment else []
    return [
        f"{reason} : {names(enrollments)}, {_days(found)}" if enrollments else f"{reason} : {_days(found)}"
        for (reason, found), enrollments in people.items()
    ]


def _days(days: Sequence[date]) -> str:
    """« le lundi 2 mars 2026 »; many days of a series are counted rather than named one by one."""
    if len(days) == 1:
        return f"le {longdate(days[0])}"
    if len(days) <= MOST_DAYS_NAMED:
        return f"les {joined(shortdate(day) for day in days)}"
    return f"{len(days)} dates, du {shortdate(days[0])} au {shortdate(days[-1])}"
