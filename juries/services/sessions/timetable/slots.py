"""The day as slots: who is heard, by whom, where, from when to when; and what is impossible in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import combinations
from uuid import UUID

from core.formats import joined, timeofday
from evaluations.enums import TestKind
from juries.models import Candidate, CertificationSettings, Panel, Pause, Seat

MINUTES_A_DAY = 24 * 60
NAMED = {TestKind.PRODUCTION: "l’épreuve", TestKind.INTERVIEW: "l’entretien"}


@dataclass(frozen=True)
class Slot:
    """One test of one candidate, in minutes since midnight; without a panel, before the whole jury."""

    candidate: Candidate
    test: TestKind
    panel: Panel | None
    jurors: tuple[Seat, ...]
    starts: int
    ends: int

    @property
    def starts_at(self) -> time:
        return as_time(self.starts)

    @property
    def ends_at(self) -> time:
        return as_time(self.ends)

    @property
    def words(self) -> str:
        return f"{NAMED[self.test]} de {self.candidate.enrollment.trainee} à {timeofday(self.starts_at)}"

    def overlaps(self, other: "Slot") -> bool:
        return self.starts < other.ends and other.starts < self.ends


def as_minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def as_time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def slots_of(
    candidates: Iterable[Candidate],
    panels: Iterable[Panel],
    seats: Sequence[Seat],
    rules: CertificationSettings,
) -> list[Slot]:
    """The slots that have a time, in the order of the day. `panels` come with their seats."""
    by_pk: dict[UUID | None, Panel] = {panel.pk: panel for panel in panels}
    slots = []
    for row in candidates:
        for test, starts_at, panel_id, minutes in (
            (TestKind.PRODUCTION, row.production_at, row.production_panel_id, rules.production_minutes),
            (TestKind.INTERVIEW, row.interview_at, row.interview_panel_id, rules.interview_minutes),
        ):
            if starts_at:
                starts = as_minutes(starts_at)
                panel = by_pk.get(panel_id)
                heard_by = (panel and tuple(panel.seats.all())) or tuple(seats)
                slots.append(Slot(row, test, panel, heard_by, starts, starts + minutes))
    return sorted(slots, key=lambda slot: (slot.starts, str(slot.panel or "")))


def faults_of_slots(slots: Sequence[Slot], pauses: Iterable[Pause] = ()) -> list[str]:
    """What cannot be: a candidate or a juror in two places at once, a slot over a pause or past midnight.

    One French sentence each, in the order of the day.
    """
    faults = [fault for one, other in combinations(slots, 2) if (fault := _fault_of_pair(one, other))]
    for slot in slots:
        if slot.ends > MINUTES_A_DAY:
            faults.append(f"{_begin(slot.words)} finirait après minuit : avancez cette heure.")
        faults += [
            f"{_begin(slot.words)} empiète sur « {pause.label} », de {timeofday(pause.starts_at)} "
            f"à {timeofday(pause.ends_at)} : décalez l’un des deux."
            for pause in pauses
            if slot.starts < as_minutes(pause.ends_at) and as_minutes(pause.starts_at) < slot.ends
        ]
    return faults


def _fault_of_pair(one: Slot, other: Slot) -> str:
    if not one.overlaps(other):
        return ""
    if one.candidate.pk == other.candidate.pk:
        return (
            f"{_begin(one.words)} et {NAMED[other.test]} à {timeofday(other.starts_at)} se chevauchent : "
            f"{NAMED[one.test]} finit à {timeofday(one.ends_at)}. Décalez l’un des deux."
        )
    there = {seat.pk for seat in other.jurors}
    both = [str(seat.juror) for seat in one.jurors if seat.pk in there]
    if not both:
        return ""
    return (
        f"{joined(both)} {'serait' if len(both) == 1 else 'seraient'} à deux endroits à la fois : "
        f"{one.words} finit à {timeofday(one.ends_at)}, {other.words} commence avant. "
        "Décalez l’un des deux, ou confiez-le à un autre binôme."
    )


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]
