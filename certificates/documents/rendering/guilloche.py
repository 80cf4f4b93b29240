"""The fine interlaced lines behind a certificate, computed: a woven frame, a rose at each corner, a rosette.

Thin, solid, light strokes (no transparency, no image), the same on every machine, placed once under each page.
"""

import math
from collections.abc import Callable, Iterator
from functools import lru_cache

from core.pdf import Picture

WIDTH, HEIGHT = 297, 210
INSET = 13.0
"""Millimetres from the edge of the page to the middle of the woven frame."""

DEEP, MIDDLE, PALE, FAINT, OCHRE = "#1f6650", "#8db5a6", "#c3d9d0", "#e4eee9", "#c9a15a"

Curve = Callable[[float], tuple[float, float]]
Placing = Callable[[float, float], tuple[float, float]]
"""Where a point of a side stands on the page: how far along the side, how far off its middle line."""


@lru_cache(maxsize=1)
def background() -> Picture:
    """The whole drawing, in millimetres of an A4 page in landscape."""
    return Picture.drawn(operators(), width=WIDTH, height=HEIGHT)


def operators() -> bytes:
    """The same as PDF path operators, y going down."""
    return "\n".join((*_rosette(), *_rules(), *_sides(), *_corners())).encode()


def _rosette() -> Iterator[str]:
    """Behind the name, too pale to disturb it."""
    for phase in range(9):
        turn = 2 * math.pi * phase / 9
        yield _stroke(_rose(WIDTH / 2, 101, 104, (0.80, 0.13, 12, turn), flat=0.72), FAINT, 0.18, 72)
        yield _stroke(_rose(WIDTH / 2, 101, 104, (0.55, 0.12, 10, -turn), flat=0.72), FAINT, 0.16, 60)


def _rules() -> Iterator[str]:
    """Two plain lines that hold the woven frame."""
    for away, width in ((-5.4, 0.45), (5.2, 0.2)):
        edge = INSET + away
        box = (edge, edge, WIDTH - 2 * edge, HEIGHT - 2 * edge)
        yield f"{_pen(DEEP, width)} {' '.join(map(_short, box))} re S"


def _sides() -> Iterator[str]:
    """Six strands along each side, that swell in its middle, and two darker ones that bind them."""
    long, short = WIDTH - 2 * INSET, HEIGHT - 2 * INSET
    sides: tuple[tuple[float, int, Placing], ...] = (
        (long, 22, lambda along, off: (INSET + along, INSET + off)),
        (long, 22, lambda along, off: (INSET + along, HEIGHT - INSET - off)),
        (short, 15, lambda along, off: (INSET + off, INSET + along)),
        (short, 15, lambda along, off: (WIDTH - INSET - off, INSET + along)),
    )
    for length, waves, place in sides:
        for rank in range(6):
            yield _stroke(_wave(length, place, 3.3, waves, rank / 6), MIDDLE, 0.13, waves * 4, closed=False)
        for phase in (0.25, 0.75):
            yield _stroke(_wave(length, place, 4.2, waves, phase), DEEP, 0.2, waves * 4, closed=False)


def _wave(length: float, place: Placing, height: float, waves: int, phase: float) -> Curve:
    def at(t: float) -> tuple[float, float]:
        swell = 0.62 + 0.38 * math.sin(3 * math.pi * t) ** 2
        return place(length * t, height * swell * math.sin(2 * math.pi * (waves * t + phase)))

    return at


def _corners() -> Iterator[str]:
    for x in (INSET, WIDTH - INSET):
        for y in (INSET, HEIGHT - INSET):
            yield f"1 g {_stroke(_rose(x, y, 8.2, (1, 0, 1, 0)), DEEP, 0.3, 8, paint='b')}"
            for phase in range(5):
                turn = 2 * math.pi * phase / 5
                yield _stroke(_rose(x, y, 7.5, (0.66, 0.34, 8, turn)), MIDDLE, 0.13, 48)
                yield _stroke(_rose(x, y, 7.5, (0.26, 0.17, 6, turn)), OCHRE, 0.13, 30)


def _rose(
    x: float, y: float, radius: float, shape: tuple[float, float, int, float], flat: float = 1.0
) -> Curve:
    """A circle whose reach waves: `shape` is its mean, its height, its number of petals and its turn."""
    mean, height, petals, turn = shape

    def at(t: float) -> tuple[float, float]:
        angle = 2 * math.pi * t
        reach = radius * (mean + height * math.cos(petals * angle + turn))
        return x + reach * math.cos(angle), y + flat * reach * math.sin(angle)

    return at


def _stroke(
    curve: Curve, colour: str, width: float, steps: int, *, closed: bool = True, paint: str = ""
) -> str:
    """A curve as cubic Béziers whose tangents are taken from the curve itself, in hundredths of a millimetre."""
    near, third = 1e-5, 1 / (3 * steps)
    at = [curve(rank / steps) for rank in range(steps + 1)]
    slopes = []
    for rank in range(steps + 1):
        (x0, y0), (x1, y1) = curve(rank / steps - near), curve(rank / steps + near)
        slopes.append(((x1 - x0) / (2 * near) * third, (y1 - y0) / (2 * near) * third))
    path = [f"{_pen(colour, width)} {_short(at[0][0])} {_short(at[0][1])} m"]
    for (x0, y0), (dx0, dy0), (x1, y1), (dx1, dy1) in zip(at, slopes, at[1:], slopes[1:], strict=False):
        path.append(" ".join(map(_short, (x0 + dx0, y0 + dy0, x1 - dx1, y1 - dy1, x1, y1))) + " c")
    return " ".join((*path, paint or ("s" if closed else "S")))


def _pen(colour: str, width: float) -> str:
    """The operators that choose a colour, given as #rrggbb, and a width."""
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return f"{' '.join(f'{share:.3f}' for share in shares)} RG {width} w"


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
