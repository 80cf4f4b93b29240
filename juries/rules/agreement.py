"""How far several people who judged the same thing agree, as a plain share of pairs.

Two jurors, as most juries have, leave chance-corrected coefficients (kappa, alpha) undefined or wild on ten marks:
the share of pairs is what a jury can read, recompute by hand and discuss.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Agreement:
    """Of `pairs` judgements of one thing by two people, `equal` are the same and `near` at most one level apart."""

    pairs: int = 0
    equal: int = 0
    near: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(self.pairs + other.pairs, self.equal + other.equal, self.near + other.near)

    @property
    def share(self) -> float | None:
        """The share of pairs that agree, 0 to 1; None when nobody can be compared."""
        return self.equal / self.pairs if self.pairs else None

    @property
    def near_share(self) -> float | None:
        return self.near / self.pairs if self.pairs else None


def agreement(judged: Iterable[Sequence[int]]) -> Agreement:
    """Compare, thing by thing, the ranks that each person gave to it (an opinion counts as 0 or 1)."""
    total = Agreement()
    for ranks in judged:
        gaps = [abs(one - other) for one, other in combinations(ranks, 2)]
        total += Agreement(len(gaps), gaps.count(0), gaps.count(0) + gaps.count(1))
    return total


def to_discuss(ranks: Collection[int], threshold: int) -> bool:
    """Whether ranks given to one thing stand on both sides of `threshold` (reached from it on), or two steps apart."""
    return bool(ranks) and (min(ranks) < threshold <= max(ranks) or max(ranks) - min(ranks) >= 2)
