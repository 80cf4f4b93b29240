"""The room of one juror on the day: who comes when, and where each appraisal stands."""

from dataclasses import dataclass

from accounts.formats import counted
from accounts.models import User
from evaluations.enums import TestKind
from juries.enums import Presence
from juries.models import Appraisal, Candidate, JurySession
from juries.services.composition import candidates_of, held_seats


@dataclass(frozen=True)
class Progress:
    """One test of one candidate: my own state, and of the others only how many have handed in."""

    test: TestKind
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
class Line:
    """One candidate of the day."""

    candidate: Candidate
    tests: list[Progress]

    @property
    def is_absent(self) -> bool:
        return self.candidate.presence == Presence.ABSENT

    @property
    def is_done(self) -> bool:
        return self.is_absent or all(progress.mine == "submitted" for progress in self.tests)


@dataclass(frozen=True)
class Room:
    lines: list[Line]

    @property
    def next_line(self) -> Line | None:
        return next((line for line in self.lines if not line.is_done), None)

    @property
    def sentence(self) -> str:
        wanted = [line for line in self.lines if not line.is_absent]
        total = len(wanted) * len(TestKind)
        handed = sum(progress.mine == "submitted" for line in wanted for progress in line.tests)
        return f"{handed} sur {counted(total, 'appréciation rendue,appréciations rendues')}."


def read_room(session: JurySession, user: User) -> Room:
    """The candidates in the order of the day, with the progress of each test; three queries."""
    candidates, seats = candidates_of(session), held_seats(session)
    there = [seat for seat in seats if seat.is_present] or seats
    others = {seat.juror_id for seat in there if seat.juror.user_id != user.pk}
    mine: dict[tuple, str] = {}
    handed: dict[tuple, int] = {}
    rows = Appraisal.objects.filter(candidate__session=session)
    for candidate, test, juror, person, at in rows.values_list(
        "candidate_id", "test", "juror_id", "juror__user_id", "submitted_at"
    ):
        if person == user.pk:
            mine[candidate, test] = "submitted" if at else "draft"
        elif at and juror in others:
            handed[candidate, test] = handed.get((candidate, test), 0) + 1
    return Room(
        [
            Line(
                row,
                [
                    Progress(test, mine.get((row.pk, test), ""), handed.get((row.pk, test), 0), len(others))
                    for test in TestKind
                ],
            )
            for row in candidates
        ]
    )
