"""The day as its page and its paper show it: a column for each panel, pauses in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from juries.models import Candidate, JurySession, Panel, Pause, Seat
from juries.services.sessions.timetable.slots import Slot, slots_of


@dataclass(frozen=True)
class Line:
    """One slot or one pause."""

    starts_at: time
    ends_at: time
    slot: Slot | None
    pause: Pause | None


@dataclass(frozen=True)
class Column:
    """What one panel does all day; a panel of None is the whole jury."""

    panel: Panel | None
    jurors: list[Seat]
    lines: list[Line]


def day_of(
    session: JurySession, candidates: Sequence[Candidate], panels: Sequence[Panel], seats: Sequence[Seat]
) -> list[Column]:
    """The columns that have something to say; `panels` come with their seats."""
    slots = slots_of(candidates, panels, seats, session.rules)
    pauses = list(session.pauses.all())
    columns = []
    for panel in (None, *panels):
        own = [slot for slot in slots if slot.panel == panel]
        if own:
            jurors = list(panel.seats.all()) if panel else list(seats)
            columns.append(Column(panel, jurors, _lines(own, pauses)))
    return columns


def _lines(slots: Sequence[Slot], pauses: Sequence[Pause]) -> list[Line]:
    lines = [Line(slot.starts_at, slot.ends_at, slot, None) for slot in slots]
    lines += [Line(pause.starts_at, pause.ends_at, None, pause) for pause in pauses]
    return sorted(lines, key=lambda line: line.starts_at)
