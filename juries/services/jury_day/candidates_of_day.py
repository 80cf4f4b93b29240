"""The day of one juror: the candidates in their order, and the state of each appraisal."""

from dataclasses import dataclass

from accounts.models import User
from core.formats import counted
from evaluations.enums import TestKind
from juries.enums import Presence
from juries.models import Appraisal, Candidate, JurySession
from juries.services.sessions.composition import active_seats, candidates_of
from juries.services.sessions.timetable import Hearing


@dataclass(frozen=True)
class TestProgress:
    """One test of one candidate: my own state, and of the others only how many have submitted.

    `awaited` is False where another panel hears it: nothing is then asked of me.
    """

    test: TestKind
    awaited: bool
    mine: str
    others: int
    expected: int

    @property
    def sentence(self) -> str:
        """« 1 autre juré sur 2 a rendu »; never who, never what."""
        if not self.expected:
            return "vous appréciez seul"
        verb = "a rendu" if self.others < 2 else "ont rendu"
        return f"{counted(self.others, 'autre juré,autres jurés')} sur {self.expected} {verb}"


@dataclass(frozen=True)
class CandidateOfDay:
    """One candidate of the day."""

    candidate: Candidate
    tests: list[TestProgress]

    @property
    def is_absent(self) -> bool:
        return self.candidate.presence == Presence.ABSENT

    @property
    def is_done(self) -> bool:
        return self.is_absent or all(
            progress.mine == "submitted" for progress in self.tests if progress.awaited
        )


@dataclass(frozen=True)
class JuryDay:
    """The page of one juror."""

    candidates: list[CandidateOfDay]

    @property
    def next_candidate(self) -> CandidateOfDay | None:
        return next((row for row in self.candidates if not row.is_done), None)

    @property
    def sentence(self) -> str:
        wanted = [
            progress
            for row in self.candidates
            for progress in row.tests
            if progress.awaited and not row.is_absent
        ]
        submitted = sum(progress.mine == "submitted" for progress in wanted)
        return f"{submitted} sur {counted(len(wanted), 'appréciation rendue,appréciations rendues')}."


def read_jury_day(session: JurySession, user: User) -> JuryDay:
    """The candidates in the order of the day, with the progress of each test; four queries."""
    candidates, seats = candidates_of(session), active_seats(session)
    there = [seat for seat in seats if seat.is_present] or seats
    hearing = Hearing(session.pk, there)
    mine: dict[tuple, str] = {}
    submitted: dict[tuple, set] = {}
    rows = Appraisal.objects.filter(candidate__session=session)
    for candidate, test, juror, person, at in rows.values_list(
        "candidate_id", "test", "juror_id", "juror__user_id", "submitted_at"
    ):
        if person == user.pk:
            mine[candidate, test] = "submitted" if at else "draft"
        elif at:
            submitted.setdefault((candidate, test), set()).add(juror)

    def progress(row: Candidate, test: TestKind) -> TestProgress:
        heard_by = hearing.jurors(row, test)
        others = {seat.juror_id for seat in heard_by if seat.juror.user_id != user.pk}
        awaited = len(others) < len(heard_by) or all(seat.juror.user_id != user.pk for seat in there)
        done = submitted.get((row.pk, test), set()) & others
        return TestProgress(test, awaited, mine.get((row.pk, test), ""), len(done), len(others))

    return JuryDay([CandidateOfDay(row, [progress(row, test) for test in TestKind]) for row in candidates])
