"""The measures of the figures drawn with data, as SVG writes them: pages and PDF files draw the same ones."""

from accounts.formats import hours, number

PATH = (
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


def stairs(rank: int, of: int) -> list[dict]:
    """The steps of a level seen from the side, the lowest first, in a square of 16; `rank` are reached."""
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


def path_steps(current: str, finished: bool) -> list[dict]:
    """The five steps of the path; those before `current` are done, and `current` too once `finished`."""
    here = [key for key, _ in PATH].index(current)
    reached = here + 1 if finished else here
    return [
        {
            "label": label,
            "number": place + 1,
            "state": "done" if place < reached else "current" if place == here else "todo",
            "here": place == here,
        }
        for place, (_, label) in enumerate(PATH)
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
    """A stone each `every` certificates; the last one is the goal."""
    values = [*range(every, goal, every), goal]
    return [{"x": share(value, scale), "label": number(value), "between": value != goal} for value in values]


def share(value: float, whole: float) -> str:
    """A share of the width of a drawing, never outside of it."""
    return f"{_plain(max(0, min(1, value / whole)) * 100)}%"


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
