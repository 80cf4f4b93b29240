"""The measures of the figures drawn with data, in the units of SVG: the same for pages and for PDF files."""

from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from core.formats import hours, number

STEPS = (
    ("enrolled", "Inscription"),
    ("training", "Formation"),
    ("dossier", "Dossier"),
    ("jury", "Jury"),
    ("certificate", "Certificat"),
)

MODALITIES = (
    ("production", "production", "#1f6650"),
    ("classroom", "salle", "#a9cbbd"),
    ("immersion", "immersion", "#ffffff"),
)

MOST_POINTS = 6000
"""Points after which a drawing is cut: no signature has so many."""

FINEST = 4
"""The shortest move that is drawn, in thousandths of the frame."""


@dataclass(frozen=True)
class Ink:
    """A drawn signature as SVG writes it, framed close to the line: `path` in a box x y width height."""

    path: str
    x: int
    y: int
    width: int
    height: int

    @property
    def box(self) -> str:
        return f"{self.x} {self.y} {self.width} {self.height}"

    @property
    def pen(self) -> str:
        """The width of the line, which looks the same whatever the size of the writing."""
        return _plain(max(self.width, self.height * 2) / 90)


def ink_image(*, path: str, box: str, pen: str, colour: str) -> str:
    """The line of a signature as an image of its own size, for the files; the fields of `Ink` as text."""
    _, _, width, height = box.split()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{pen}" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"


def level_steps(rank: int, of: int) -> list[dict]:
    """The steps of a level as rectangles, the lowest first, in a square of 16; the first `rank` are reached."""
    height = 16 / of
    return [
        {
            "x": _plain(step * height),
            "y": _plain(16 - (step + 1) * height),
            "width": _plain(16 - step * height),
            "height": _plain(height * 0.75),
            "reached": step < rank,
        }
        for step in range(of)
    ]


def enrollment_steps(current: str, finished: bool) -> list[dict]:
    """The five steps of an enrolment; those before `current` are done, and `current` too once `finished`."""
    here = [key for key, _ in STEPS].index(current)
    reached = here + 1 if finished else here
    return [
        {
            "label": label,
            "number": place + 1,
            "state": "done" if place < reached else "current" if place == here else "todo",
            "here": place == here,
        }
        for place, (_, label) in enumerate(STEPS)
    ]


def hours_scale(*, total: int, plan: int | None, high: int) -> float:
    """The minutes that the whole width stands for: a little more than the highest of the three."""
    return max(high * 60 * 1.06, total * 1.02, (plan or 0) * 1.02)


def hours_parts(done: dict[str, int], planned: dict[str, int | None], scale: float) -> list[dict]:
    """The modalities end to end, in minutes."""
    parts, start = [], 0
    for key, label, fill in MODALITIES:
        parts.append(
            {
                "key": key,
                "label": label,
                "fill": fill,
                "done": done[key],
                "plan": planned[key],
                "x": share(start, scale),
                "width": share(done[key], scale),
            }
        )
        start += done[key]
    return parts


def hours_marks(marks: tuple[int, ...], scale: float) -> list[dict]:
    """A line at each mark, given in hours."""
    return [{"x": share(mark * 60, scale), "label": hours(mark * 60)} for mark in marks]


def milestones(*, goal: int, every: int, scale: float) -> list[dict]:
    """A mark each `every` certificates; the last one is the goal."""
    values = [*range(every, goal, every), goal]
    return [{"x": share(value, scale), "label": number(value), "between": value != goal} for value in values]


def share(value: float, whole: float) -> str:
    """A share of the width of a drawing, never outside of it."""
    return f"{_plain(max(0, min(1, value / whole)) * 100)}%"


def ink(strokes) -> Ink | None:
    """A signature as one smooth line per stroke, or None when nothing in it can be drawn.

    `strokes` are lists of [x, y, t], x and y in thousandths of the frame's width. They come from a phone:
    what is not a point is left out, a point outside of the frame is moved to its edge.
    """
    lines = _lines(strokes)
    points = [point for line in lines for point in line]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(max(xs) - min(xs), 240), max(max(ys) - min(ys), 120)
    margin = max(width, height * 2) // 25
    return Ink(
        path="".join(_curve(line) for line in lines),
        x=(min(xs) + max(xs) - width) // 2 - margin,
        y=(min(ys) + max(ys) - height) // 2 - margin,
        width=width + 2 * margin,
        height=height + 2 * margin,
    )


def _lines(strokes) -> list[list[tuple[int, int]]]:
    lines, left = [], MOST_POINTS
    for stroke in strokes if isinstance(strokes, list) else []:
        line: list[tuple[int, int]] = []
        for point in stroke[:left] if isinstance(stroke, list) else []:
            if not isinstance(point, list) or len(point) < 2 or {type(point[0]), type(point[1])} != {int}:
                continue
            x, y = (max(0, min(1000, value)) for value in point[:2])
            if not line or abs(x - line[-1][0]) + abs(y - line[-1][1]) >= FINEST:
                line.append((x, y))
        left -= len(line)
        if line:
            lines.append(line)
    return lines


def _curve(line: list[tuple[int, int]]) -> str:
    """The points as the controls of curves that meet halfway between them; a single point is a dot."""
    (x, y), *rest = line
    if not rest:
        return f"M{x} {y}h1"
    halves = [((ax + bx) // 2, (ay + by) // 2) for (ax, ay), (bx, by) in pairwise(rest)]
    curves = [f"Q{cx} {cy} {hx} {hy}" for (cx, cy), (hx, hy) in zip(rest, halves, strict=False)]
    return f"M{x} {y}{''.join(curves)}L{rest[-1][0]} {rest[-1][1]}"


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
