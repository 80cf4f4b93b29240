"""The timetable that lays itself out, whatever the people, the panels, the hours and the pauses."""

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from juries.models import Candidate, CertificationSettings, Panel, Pause
from juries.services.sessions.timetable import faults_of_slots, lay_out, slots_of


@given(
    people=st.integers(0, 14),
    hands=st.integers(1, 4),
    start=st.integers(6 * 60, 10 * 60),
    rules=st.tuples(st.integers(5, 120), st.integers(5, 60), st.integers(0, 30)),
    breaks=st.lists(st.tuples(st.integers(6 * 60, 20 * 60), st.integers(5, 90)), max_size=3),
)
def test_a_layout_never_puts_anybody_in_two_places(people, hands, start, rules, breaks):
    production, interview, rest = rules
    settings = CertificationSettings(
        production_minutes=production, interview_minutes=interview, break_minutes=rest
    )
    candidates = [Candidate() for _ in range(people)]
    panels = [Panel(name=f"Binôme {n}") for n in range(hands)]
    pauses = [
        Pause(starts_at=time(at // 60, at % 60), ends_at=time((at + long) // 60, (at + long) % 60))
        for at, long in breaks
    ]
    try:
        found = lay_out(
            candidates=candidates,
            panels=panels,
            pauses=pauses,
            starts_at=time(start // 60, start % 60),
            rules=settings,
        )
    except DomainError:
        return  # the day is too short: nothing is laid out

    assert [row.candidate for row in found] != [] or not people
    for row in found:
        row.candidate.production_at, row.candidate.interview_at = row.production_at, row.interview_at
    for panel in panels:
        own = [row.candidate for row in found if row.panel is panel]
        slots = slots_of(own, [], ["tout le jury"], settings)
        assert not [
            (one, other) for one in slots for other in slots if one is not other and one.overlaps(other)
        ]
        assert all(
            slot.ends_at <= pause.starts_at or slot.starts_at >= pause.ends_at
            for slot in slots
            for pause in pauses
        )
        assert faults_of_slots([], pauses) == []
