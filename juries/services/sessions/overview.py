"""The progress of a session, and its next steps: read for its page, never written."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from core.formats import counted, daytime, longdate
from evaluations.enums import TestKind
from juries.enums import LetterState, Presence, SessionState
from juries.models import Appraisal, Candidate, Decision, JurySession, MinutesSignature, Seat
from juries.services.jurors.availability import DateConflict, date_conflicts_on
from juries.services.jurors.conflicts import Conflict
from juries.services.sessions.composition import (
    active_seats,
    candidates_of,
    conflicts_in,
    faults_of_candidates,
    faults_of_seats,
)
from juries.services.sessions.timetable import Hearing

BEFORE_OPENING = (SessionState.PLANNED, SessionState.CONVENED)


@dataclass(frozen=True)
class Step:
    """One thing to do, in order: done, or the sentence that says what is missing."""

    key: str
    label: str
    done: bool
    sentence: str


@dataclass(frozen=True)
class SeatedJuror:
    """A seat, and why its juror may not sit, before the session opens."""

    seat: Seat
    conflicts: list[Conflict]
    date_conflicts: list[DateConflict]


@dataclass(frozen=True)
class Overview:
    jurors: list[SeatedJuror]
    candidates: list[Candidate]
    conflicts: list[Conflict]
    steps: list[Step]

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)


def read_overview(session: JurySession) -> Overview:
    """The jury, its candidates, and every step from the composition to the results, in order.

    A constant number of queries, whatever the number of jurors and candidates.
    """
    seats, candidates = active_seats(session), candidates_of(session)
    conflicts = conflicts_in(session, seats, candidates) if session.state in BEFORE_OPENING else []
    taken = _days_taken(session, seats) if session.state in BEFORE_OPENING else []
    jurors = [
        SeatedJuror(
            seat,
            [row for row in conflicts if row.juror == seat.juror],
            [row for row in taken if row.juror_id == seat.juror_id],
        )
        for seat in seats
    ]
    steps = [
        *_steps_before(session, seats, candidates, conflicts),
        *_steps_of_the_day(session, seats, candidates),
    ]
    return Overview(jurors, candidates, conflicts, steps)


def _days_taken(session: JurySession, seats: list[Seat]) -> list[DateConflict]:
    """What was noted since the seats were given: a juror who is no longer free, or sits elsewhere that day."""
    return date_conflicts_on([session.held_on], [seat.juror for seat in seats], apart_from=session)


def _steps_before(
    session: JurySession, seats: list[Seat], candidates: list[Candidate], conflicts: list[Conflict]
) -> list[Step]:
    waiting = session.state in BEFORE_OPENING
    seat_faults = faults_of_seats(seats, session.rules) if waiting else []
    candidate_faults = faults_of_candidates(candidates) if waiting else []
    convened = session.state != SessionState.PLANNED
    steps = [
        Step(
            "seats",
            "Composer le jury",
            not seat_faults,
            " ".join(seat_faults) or f"{counted(len(seats), 'juré')}, règles suivies.",
        ),
        Step(
            "candidates",
            "Inscrire les candidats",
            not candidate_faults,
            " ".join(candidate_faults) or f"{counted(len(candidates), 'candidat')} avec leurs horaires.",
        ),
    ]
    if conflicts:
        sentences = " ".join(dict.fromkeys(row.sentence for row in conflicts))
        steps.append(Step("conflicts", "Lever les conflits d’intérêts", False, sentences))
    return [
        *steps,
        Step(
            "convene",
            "Convoquer",
            convened,
            _letters_sent(session)
            if convened
            else "Une convocation part à chaque juré, candidat et direction.",
        ),
    ]


def _letters_sent(session: JurySession) -> str:
    """When it was convened, and how many of the letters in force left, were confirmed, refused, or did not leave."""
    letters = list(session.letters.in_force().values_list("state", "sent_at"))
    states = [state for state, _ in letters]
    sent = sum(1 for _, moment in letters if moment)
    parts = [
        daytime(session.convened_at) if session.convened_at else "",
        f"{sent} sur {counted(len(letters), 'message envoyé,messages envoyés')}" if letters else "",
        _counted_in(states, LetterState.CONFIRMED, "confirmé"),
        _counted_in(states, LetterState.DECLINED, "refus,refus"),
        _counted_in(states, LetterState.FAILED, "non parti"),
    ]
    return ", ".join(part for part in parts if part)


def _counted_in(states: list[str], state: str, word: str) -> str:
    return counted(states.count(state), word) if state in states else ""


def _steps_of_the_day(session: JurySession, seats: list[Seat], candidates: list[Candidate]) -> list[Step]:
    opened = session.state in (SessionState.OPEN, SessionState.DELIBERATED, SessionState.RELEASED)
    closed = session.state in (SessionState.DELIBERATED, SessionState.RELEASED)
    present = [seat for seat in seats if seat.is_present]
    heard = [row for row in candidates if row.presence != Presence.ABSENT]
    submitted, wanted = _submitted(session, heard, present)
    decided = Decision.objects.in_force().filter(candidate__session=session).count()
    signed = MinutesSignature.objects.filter(minutes__session=session).count()
    return [
        Step("open", "Ouvrir la session", opened, f"Le {longdate(session.held_on)}."),
        Step(
            "presence",
            "Faire l’appel",
            bool(opened and present),
            f"{counted(len(present), 'juré présent,jurés présents')}, "
            f"{counted(len(heard), 'candidat présent,candidats présents')}."
            if present
            else "Dites quels jurés et quels candidats sont là.",
        ),
        Step(
            "appraise",
            "Apprécier, chacun seul",
            closed or bool(wanted and submitted >= wanted),
            f"{submitted} sur {counted(wanted, 'appréciation rendue,appréciations rendues')}.",
        ),
        Step(
            "decide",
            "Délibérer et clore",
            closed,
            f"{decided} sur {counted(len(candidates), 'décision enregistrée,décisions enregistrées')}.",
        ),
        Step(
            "sign",
            "Signer le procès-verbal",
            bool(closed and present and signed >= len(present)),
            f"{signed} sur {counted(len(present), 'signature')}, la présidence en dernier.",
        ),
        Step(
            "release",
            "Publier les résultats",
            session.state == SessionState.RELEASED,
            f"Publiés le {daytime(session.released_at)}."
            if session.released_at
            else f"Publication {session.rules.get_release_mode_display()}.",
        ),
    ]


def _submitted(session: JurySession, heard: list[Candidate], present: list[Seat]) -> tuple[int, int]:
    """How many appraisals are handed in, of how many awaited from those who hear each test."""
    hearing = Hearing(session.pk, present)
    awaited = {
        (row.pk, test, seat.juror_id)
        for row in heard
        for test in TestKind
        for seat in hearing.jurors(row, test)
    }
    rows = Appraisal.objects.submitted().filter(candidate__session=session)
    submitted = set(rows.values_list("candidate_id", "test", "juror_id"))
    return len(submitted & awaited), len(awaited)


def my_appraisals(session: JurySession, user: User) -> dict[UUID, dict[str, str]]:
    """By candidate and test, where this juror's own appraisal stands: « draft » or « submitted »."""
    rows = Appraisal.objects.filter(candidate__session=session, juror__user=user)
    found: dict[UUID, dict[str, str]] = {}
    for candidate, test, submitted_at in rows.values_list("candidate_id", "test", "submitted_at"):
        found.setdefault(candidate, {})[test] = "submitted" if submitted_at else "draft"
    return found
