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
        unanimous = any(self.votes(test)[0] in (0, self.votes(test)[1]) for test in against)
        return Departure.UNANIMITY if unanimous else Departure.MAJORITY


def opinions_of(candidate: Candidate) -> Opinions:
    """All that was handed in on one candidate."""
    rows = Appraisal.objects.submitted().filter(candidate=candidate)
    return Opinions(frozenset(rows.values_list("juror_id", "test", "validated")))
