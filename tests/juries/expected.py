"""A model of a jury session and of what it allows, in a few lines, to compare the services with."""

from dataclasses import dataclass, field

from evaluations.enums import TestKind
from juries.enums import BEFORE_THE_DAY, Outcome, ReleaseMode, SessionState

NOT_HEARD = (Outcome.ABSENT, Outcome.ADJOURNED)
LEAST = 2
"""Jurors to convene, and to deliberate."""


@dataclass
class Sitting:
    """A seat that was given; it stays when its juror leaves."""

    held: bool = True
    presides: bool = False
    present: bool = False


@dataclass
class Coming:
    """A candidate of the session."""

    timed: bool
    absent: bool = False
    drafts: set = field(default_factory=set)
    handed: set = field(default_factory=set)
    outcome: str = ""
    certificates: list[str] = field(default_factory=list)
    """« standing », « revoked » or « replaced », in the order of their numbers."""


@dataclass
class Expected:
    """One session as it should be. Jurors and candidates are named; `colleges` and `links` are the world's."""

    colleges: dict[str, str]
    links: set[tuple[str, str]]
    mode: str
    state: str = ""
    seats: dict[str, Sitting] = field(default_factory=dict)
    coming: dict[str, Coming] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)

    @property
    def held(self) -> list[str]:
        return [name for name, seat in self.seats.items() if seat.held]

    @property
    def present(self) -> list[str]:
        return [name for name in self.held if self.seats[name].present]

    @property
    def president(self) -> str:
        return next((name for name in self.held if self.seats[name].presides), "")

    @property
    def before_the_day(self) -> bool:
        return self.state in BEFORE_THE_DAY

    def may_seat(self, juror: str, presides: bool) -> bool:
        linked = any((juror, name) in self.links for name in self.coming)
        second = presides and self.president
        return self.before_the_day and juror not in self.held and not linked and not second

    def may_withdraw(self, juror: str) -> bool:
        return self.before_the_day and juror in self.held

    def may_preside(self, juror: str) -> bool:
        open_or_before = self.before_the_day or self.state == SessionState.OPEN
        return open_or_before and juror in self.held and juror != self.president

    def may_add(self, name: str) -> bool:
        linked = any((juror, name) in self.links for juror in self.held)
        return self.before_the_day and name not in self.coming and not linked

    def may_change(self, name: str) -> bool:
        return self.before_the_day and name in self.coming

    @property
    def is_composed(self) -> bool:
        both = len({self.colleges[name] for name in self.held}) == 2
        timed = self.coming and all(row.timed for row in self.coming.values())
        return bool(len(self.held) >= LEAST and both and self.president and timed)

    def may_convene(self) -> bool:
        return self.state == SessionState.PLANNED and self.is_composed

    def may_open(self) -> bool:
        return self.state == SessionState.CONVENED and self.is_composed

    def may_call(self, present: set[str], absent: set[str]) -> bool:
        ours = present <= set(self.held) and absent <= set(self.coming)
        judged = {name for name, row in self.coming.items() if row.handed}
        return self.state == SessionState.OPEN and ours and not absent & judged

    def may_appraise(self, juror: str, name: str, test: str) -> bool:
        row = self.coming[name]
        sits = self.state == SessionState.OPEN and juror in self.held
        return sits and not row.absent and (juror, test) not in row.handed

    @property
    def can_deliberate(self) -> bool:
        there = self.present
        return len(there) >= LEAST and len({self.colleges[name] for name in there}) == 2

    def _leads(self, juror: str) -> bool:
        return juror == self.president and juror in self.present and self.can_deliberate

    def _agrees(self, name: str, outcome: str) -> bool:
        """Whether an outcome holds with the roll call and what the jurors present have handed in."""
        row = self.coming[name]
        if row.absent:
            return outcome in NOT_HEARD
        heard = {(juror, test) for juror in self.present for test in TestKind.values}
        return outcome == Outcome.ADJOURNED or (outcome != Outcome.ABSENT and heard <= row.handed)

    def may_decide(self, juror: str, name: str, outcome: str) -> bool:
        return self.state == SessionState.OPEN and self._leads(juror) and self._agrees(name, outcome)

    def may_close(self, juror: str) -> bool:
        decided = all(row.outcome and self._agrees(name, row.outcome) for name, row in self.coming.items())
        return self.state == SessionState.OPEN and self._leads(juror) and decided

    def may_sign(self, juror: str) -> bool:
        others = {name for name in self.present if name != self.president}
        turn = juror != self.president or others <= self.signed
        there = juror in self.present and juror not in self.signed
        return self.state == SessionState.DELIBERATED and there and turn

    @property
    def is_signed(self) -> bool:
        return set(self.present) <= self.signed

    def sign(self, juror: str) -> None:
        self.signed.add(juror)
        if self.is_signed and self.mode == ReleaseMode.AT_LAST_SIGNATURE:
            self.release()

    def may_release(self) -> bool:
        return self.state == SessionState.DELIBERATED and self.is_signed

    def release(self) -> None:
        self.state = SessionState.RELEASED
        for row in self.coming.values():
            if row.outcome == Outcome.CERTIFIED:
                row.certificates.append("standing")

    def may_reverse(self, name: str, outcome: str) -> bool:
        row = self.coming[name]
        same = row.outcome == outcome == Outcome.CERTIFIED
        fits = outcome in NOT_HEARD if row.absent else outcome != Outcome.ABSENT
        return self.state == SessionState.RELEASED and not same and fits

    def reverse(self, name: str, outcome: str) -> None:
        row = self.coming[name]
        row.certificates = ["revoked" if line == "standing" else line for line in row.certificates]
        if outcome == Outcome.CERTIFIED:
            row.certificates.append("standing")
        row.outcome = outcome

    def may_take_back(self, name: str) -> bool:
        return "standing" in self.coming[name].certificates

    def may_cancel(self) -> bool:
        return self.state in (SessionState.PLANNED, SessionState.CONVENED, SessionState.OPEN)
