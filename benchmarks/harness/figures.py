"""What a benchmark prints: a figure beside its goal. One that is short makes the benchmark fail."""

from dataclasses import dataclass
from operator import eq, ge, le
from typing import Literal

SIGNS = {"≤": le, "≥": ge, "=": eq}


@dataclass(frozen=True)
class Figure:
    """A value that is good when it is `sign` its goal."""

    name: str
    value: float
    sign: Literal["≤", "≥", "="]
    goal: float
    unit: str = ""

    @property
    def is_short(self) -> bool:
        return not SIGNS[self.sign](self.value, self.goal)

    def __str__(self) -> str:
        unit, word = f" {self.unit}" if self.unit else "", "SHORT" if self.is_short else "ok"
        return f"{self.name}: {self.value:.10g}{unit} (goal: {self.sign} {self.goal:.10g}{unit}) {word}"


def report(*figures: Figure) -> int:
    """Print them; the exit code, 1 if one is short."""
    print(*figures, sep="\n", flush=True)
    return int(any(figure.is_short for figure in figures))


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
