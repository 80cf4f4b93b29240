"""What the jurors said of the two tests of a candidate: what a decision starts from, and may depart from."""

from dataclasses import dataclass
from uuid import UUID

from evaluations.enums import TestKind
from juries.enums import Departure
from juries.models import Appraisal, Candidate


@dataclass(frozen=True)
class Opinions:
    """Who validated which test: `said` holds (juror, test, validated), once a juror and test."""

    said: frozenset[tuple[UUID, str, bool]] = frozenset()

    def votes(self, test: str) -> tuple[int, int]:
        """How many validated a test, of how many who said something of it."""
        votes = [validated for _, heard, validated in self.said if heard == test]
        return sum(votes), len(votes)

    def majority(self, test: str) -> bool | None:
        """What more than half of the jurors say of a test; None when they are evenly split or said nothing."""
        validated, total = self.votes(test)
        return None if 2 * validated == total else 2 * validated > total

    @property
    def certifies(self) -> bool | None:
        """Whether the majority validates both tests; None while it is undecided."""
        verdicts = [self.majority(test) for test in TestKind]
        return False if False in verdicts else None if None in verdicts else True

    def is_unanimous(self, test: str) -> bool:
        validated, total = self.votes(test)
        return total > 0 and validated in (0, total)

    @property
    def certify_unanimously(self) -> bool:
        return self.certifies is True and all(map(self.is_unanimous, TestKind))

    def __str__(self) -> str:
        """« certifié, 3 sur 3 »; where the jurors differ, how many validated each test."""
        words = {True: "certifié", False: "non certifié", None: "partagé"}[self.certifies]
        if all(map(self.is_unanimous, TestKind)) and len({self.majority(test) for test in TestKind}) == 1:
            jurors = len({juror for juror, _, _ in self.said})
            return f"{words}, {jurors} sur {jurors}"
        counts = [(test.label, *self.votes(test)) for test in TestKind]
        told = ", ".join(f"{label} validé par {votes} sur {total}" for label, votes, total in counts)
        return f"{words} ({told})"

    def departure(self, *, production: bool, interview: bool, certified: bool) -> str:
        """A `Departure`, or an empty string when a decision agrees with the majority on each test.

        Unanimity is gone against as soon as it is on one test. Not to certify whom the majority certifies departs too.
        """
        majority = {test: self.majority(test) for test in TestKind}
        decided = {TestKind.PRODUCTION: production, TestKind.INTERVIEW: interview}
        against = [test for test in TestKind if majority[test] not in (None, decided[test])]
        if not against and all(majority.values()) and not certified:
            against = list(TestKind)
        if not against:
            return ""
        return Departure.UNANIMITY if any(map(self.is_unanimous, against)) else Departure.MAJORITY


def opinions_of(candidate: Candidate) -> Opinions:
    """All that was handed in on one candidate."""
    rows = Appraisal.objects.submitted().filter(candidate=candidate)
    return Opinions(frozenset(rows.values_list("juror_id", "test", "validated")))
