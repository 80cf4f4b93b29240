"""The sessions of the home crew that were planned: held and signed this week, late, of today and to come."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from math import pi, sin
from uuid import UUID, uuid5

from core import clock
from cqp.demo.promotions import NAMESPACE, Promotion
from cqp.demo.schedule import Schedule, working_day
from trainees.enums import AbsenceReason, SessionKind, SessionPlace, TrainingModule
from trainees.models import Enrollment, TrainingSession
from trainees.services.sessions import Presence, hold_session, plan_sessions
from trainees.services.sessions.signatures import SignatureIn, receive_signatures

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
AFTERNOON = (time(14), time(16, 30))  # the weekly sessions take the mornings
CREW = 12
SERIES_WEEKS = 6


class Rolls:
    def __init__(self, *, today: date) -> None:
        self.today = today
        self.late_on = working_day(today - DAY)
        self.missing_on = working_day(self.late_on - DAY)
        self.signed_on = working_day(self.missing_on - DAY)
        self.next_on = next_working_day(today)
        self.sessions: dict[date, TrainingSession] = {}

    def plan(self, schedule: Schedule, promotion: Promotion) -> None:
        told_on = working_day(self.signed_on - DAY)
        for day, theme, module in (
            (self.signed_on, "Lire une étiquette de produit phytosanitaire", TrainingModule.SAFETY),
            (self.missing_on, "Calculer des surfaces et des volumes", TrainingModule.KEY),
            (self.late_on, "Remplir un bon de commande", TrainingModule.INFORMATION),
        ):
            schedule.at(told_on, 9.5, self._planning(promotion, day, theme, SessionPlace.CLASSROOM, module))
        schedule.at(
            told_on,
            9.5,
            self._planning(
                promotion,
                self.next_on,
                "Préparer les planches pour l’hiver",
                SessionPlace.PRODUCTION,
                TrainingModule.PROFESSIONAL,
            ),
        )
        schedule.at(told_on, 9.5, lambda: self._plan_series(promotion))
        first = (self.today.replace(day=1) - DAY).replace(day=1)
        for n in range((self.today - first).days):
            schedule.at(first + n * DAY, 15, lambda: self._sign_weekly(promotion))
        schedule.at(self.signed_on, 17, lambda: self._hold(promotion, self.signed_on, unsigned=0))
        schedule.at(self.missing_on, 17, lambda: self._hold(promotion, self.missing_on, unsigned=2))

    def _planning(self, promotion: Promotion, day: date, theme: str, place: str, module: str):
        def act() -> None:
            self.sessions[day] = self._plan(promotion, day, theme, place, module)[0]

        return act

    def _plan_series(self, promotion: Promotion) -> None:
        """A lesson every week on the day of the weekly session, from the next one on."""
        weekday = working_day(promotion.starts_on + WEEK).weekday()
        first_on = self.next_on + DAY
        first_on += timedelta(days=(weekday - first_on.weekday()) % 7)
        theme = "Français et calcul en situation"
        self._plan(promotion, first_on, theme, SessionPlace.CLASSROOM, TrainingModule.KEY, weeks=SERIES_WEEKS)

    def _plan(
        self, promotion: Promotion, day: date, theme: str, place: str, module: str, weeks: int = 1
    ) -> list[TrainingSession]:
        starts_at, ends_at = AFTERNOON
        return plan_sessions(
            structure=promotion.team.structure,
            trainer=promotion.trainer,
            first_on=day,
            weeks=weeks,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            kind=SessionKind.GROUP,
            module=module,
            theme=theme,
            expected=promotion.enrollments[:CREW],
            leave_out=True,
            by=promotion.trainer,
        )

    def _hold(self, promotion: Promotion, day: date, *, unsigned: int) -> None:
        """Everybody expected was there but the last one; the first ones have not signed yet."""
        session = self.sessions[day]
        *there, away = session.expected.select_related("trainee").order_by("pk")
        presences = [Presence(enrollment, session.length_minutes) for enrollment in there]
        presences.append(Presence(away, 0, AbsenceReason.JUSTIFIED))
        hold_session(session=session, presences=presences, by=promotion.trainer)
        _sign(session, promotion, there[unsigned:])

    def _sign_weekly(self, promotion: Promotion) -> None:
        """The weekly session of the day, if there is one, is signed at its end."""
        sessions = TrainingSession.objects.held().filter(trainer=promotion.trainer, held_on=clock.today())
        for session in sessions:
            present = Enrollment.objects.filter(attendances__session=session, attendances__minutes__gt=0)
            _sign(session, promotion, present.select_related("trainee"))


def _sign(session: TrainingSession, promotion: Promotion, present: Iterable[Enrollment]) -> None:
    signatures = [signature_of(session, enrollment, str(enrollment.trainee)) for enrollment in present]
    signatures.append(signature_of(session, None, str(promotion.trainer)))
    receive_signatures(signatures=signatures, by=promotion.trainer)


def next_working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def signature_of(session: TrainingSession, enrollment: Enrollment | None, name: str) -> SignatureIn:
    """What somebody draws at the end of a session, now."""
    return SignatureIn(
        id=_id(session, enrollment),
        session_id=session.pk,
        enrollment_id=enrollment.pk if enrollment else None,
        half=session.halves[0],
        minutes=session.length_minutes,  # nobody left early
        signed_at=clock.now().isoformat(timespec="milliseconds"),
        strokes=handwriting(name),
    )


def _id(session: TrainingSession, enrollment: Enrollment | None) -> UUID:
    return uuid5(NAMESPACE, f"signature/{session.pk}/{enrollment.pk if enrollment else ''}")


def handwriting(name: str) -> list[list[list[int]]]:
    """A made-up signature: one loop a letter, as high as its letter says, and a line under it."""
    letters = [letter for letter in name if letter.isalpha()][:11]
    wide = 780 / len(letters)
    points: list[tuple[float, float]] = []
    for rank, letter in enumerate(letters):
        high = 190 if rank == 0 else 45 + ord(letter) * 37 % 5 * 22
        lean = wide * (0.2 + ord(letter) * 13 % 4 / 10)
        for step in range(9):
            turn = step / 8
            points.append(
                (
                    90 + rank * wide + turn * wide + lean * sin(2 * pi * turn),
                    290 - high * sin(pi * turn) + 8 * sin(rank + 3 * turn),
                )
            )
    under = [(130 + 75 * n, 335 + 14 * sin(n / 2 + len(name))) for n in range(9)]
    return [_timed(points, 0), _timed(under, 17 * len(points) + 240)]


def _timed(points: Sequence[tuple[float, float]], start: int) -> list[list[int]]:
    """Whole points within the frame, one every 17 ms as a screen gives them."""
    return [[min(1000, max(0, round(x))), round(y), start + 17 * n] for n, (x, y) in enumerate(points)]
