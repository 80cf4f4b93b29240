from uuid import UUID

from evaluations.enums import TestKind
from juries.models import Candidate, Panel, Seat


class Hearing:
    """Who hears whom, among the jurors there: the panel of a test, or everybody where there is none."""

    def __init__(self, session: UUID, seats: list[Seat]) -> None:
        rows = Panel.seats.through.objects.filter(panel__session=session)
        self._seats = seats
        self._of_panel: dict[UUID | None, set[UUID]] = {}
        for panel, seat in rows.values_list("panel_id", "seat_id"):
            self._of_panel.setdefault(panel, set()).add(seat)

    def jurors(self, candidate: Candidate, test: str) -> list[Seat]:
        """The seats whose appraisal of this test is awaited; a panel of which nobody came leaves it to all."""
        production = test == TestKind.PRODUCTION
        panel = candidate.production_panel_id if production else candidate.interview_panel_id
        own = self._of_panel.get(panel, set())
        return [seat for seat in self._seats if seat.pk in own] or self._seats
