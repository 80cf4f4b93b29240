"""The timetable as its page and its print show it: a column for each panel, with the pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from juries.models import Candidate, JurySession, Panel, Pause, Seat
from juries.services.sessions.timetable.slots import Slot, slots_of


@dataclass(frozen=True)
class TimetableEntry:
    """One slot or one pause."""

    starts_at: time
    ends_at: time
    slot: Slot | None
    pause: Pause | None


@dataclass(frozen=True)
class Column:
    """The day of one panel; a panel of None is the whole jury."""

    panel: Panel | None
    jurors: list[Seat]
    entries: list[TimetableEntry]


def timetable_columns(
    session: JurySession, candidates: Sequence[Candidate], panels: Sequence[Panel], seats: Sequence[Seat]
) -> list[Column]:
    """The columns that are not empty; `panels` come with their seats."""
    slots = slots_of(candidates, panels, seats, session.rules)
    pauses = list(session.pauses.all())
    columns = []
    for panel in (None, *panels):
        own = [slot for slot in slots if slot.panel == panel]
        if own:
            jurors = list(panel.seats.all()) if panel else list(seats)
            columns.append(Column(panel, jurors, _entries(own, pauses)))
    return columns


def _entries(slots: Sequence[Slot], pauses: Sequence[Pause]) -> list[TimetableEntry]:
    entries = [TimetableEntry(slot.starts_at, slot.ends_at, slot, None) for slot in slots]
    entries += [TimetableEntry(pause.starts_at, pause.ends_at, None, pause) for pause in pauses]
    return sorted(entries, key=lambda entry: entry.starts_at)
