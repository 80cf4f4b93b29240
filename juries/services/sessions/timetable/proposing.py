"""A computed timetable: candidates in turn before each panel, around the pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from core.errors import DomainError
from juries.models import Candidate, CertificationSettings, Panel, Pause
from juries.services.sessions.timetable.slots import MINUTES_A_DAY, as_minutes, as_time


@dataclass(frozen=True)
class Passage:
    """The two times of one candidate, and the panel that hears them for both (None: the whole jury)."""

    candidate: Candidate
    panel: Panel | None
    production_at: time
    interview_at: time


def lay_out(
    *,
    candidates: Sequence[Candidate],
    panels: Sequence[Panel],
    pauses: Sequence[Pause],
    starts_at: time,
    rules: CertificationSettings,
) -> list[Passage]:
    """Give each candidate both times: the production tests first, then the interviews, each before the same panel.

    Candidates are dealt to the panels in their order. Between two slots of a panel goes the break of the
    rules; a slot that would touch a pause begins after it. Every candidate rests at least that break between
    their own two tests. Refused when the day does not hold them all.
    """
    found: list[Passage] = []
    hearing: list[Panel | None] = list(panels) or [None]
    for place, panel in enumerate(hearing):
        row = candidates[place :: len(hearing)]
        clock, productions = as_minutes(starts_at), []
        for _ in row:
            start = _after_pauses(clock, rules.production_minutes, pauses)
            productions.append(start)
            clock = start + rules.production_minutes + rules.break_minutes
        for candidate, production in zip(row, productions, strict=True):
            rested = production + rules.production_minutes + rules.break_minutes
            interview = _after_pauses(max(clock, rested), rules.interview_minutes, pauses)
            clock = interview + rules.interview_minutes + rules.break_minutes
            if clock - rules.break_minutes > MINUTES_A_DAY:
                raise DomainError(
                    f"La journée ne suffit pas pour {len(candidates)} candidats ainsi : commencez plus tôt, "
                    "ajoutez un binôme, ou prévoyez une seconde session."
                )
            found.append(Passage(candidate, panel, as_time(production), as_time(interview)))
    return found


def _after_pauses(start: int, minutes: int, pauses: Sequence[Pause]) -> int:
    """The first minute from `start` on when a slot of so many minutes touches no pause."""
    for pause in sorted(pauses, key=lambda pause: pause.starts_at):
        if start < as_minutes(pause.ends_at) and as_minutes(pause.starts_at) < start + minutes:
            start = as_minutes(pause.ends_at)
    return start
