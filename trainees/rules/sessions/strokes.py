"""The checks of a drawn signature: lines of points within the frame, long enough together."""

from itertools import pairwise

from core.hashing import canonical

MOST_POINTS = 20_000
MOST_BYTES = 200_000
WIDEST = 1000
"""x and y are thousandths of the frame's width; the frame is wider than tall."""
LONGEST_MS = 3_600_000
LEAST_INK = 50
"""The least length of all lines together, in thousandths of the frame's width: more than a dot or a slip."""

UNREADABLE = "Le tracé ne se lit pas : des points manquent ou sortent du cadre. Faites signer de nouveau."
TOO_HEAVY = (
    "Le tracé de cette signature est trop lourd pour être gardé. Effacez-le, puis faites signer de nouveau."
)
TOO_SHORT = "Ce tracé est trop court pour une signature. Effacez-le, puis faites signer de nouveau."


def stroke_fault(strokes: object) -> str:
    """The French sentence that refuses strokes, or nothing: [[[x, y, t], …], …], whole numbers."""
    if not isinstance(strokes, list) or not all(isinstance(line, list) for line in strokes):
        return UNREADABLE
    if sum(map(len, strokes)) > MOST_POINTS:
        return TOO_HEAVY
    if not all(_is_point(point) for line in strokes for point in line):
        return UNREADABLE
    if len(canonical(strokes)) > MOST_BYTES:
        return TOO_HEAVY
    if _ink(strokes) < LEAST_INK:
        return TOO_SHORT
    return ""


def _is_point(point: object) -> bool:
    if not isinstance(point, list) or len(point) != 3 or any(type(number) is not int for number in point):
        return False
    x, y, t = point
    return 0 <= x <= WIDEST and 0 <= y <= WIDEST and 0 <= t <= LONGEST_MS


def _ink(strokes: list) -> int:
    steps = (pair for line in strokes for pair in pairwise(line))
    return sum(abs(ax - bx) + abs(ay - by) for (ax, ay, _), (bx, by, _) in steps)
