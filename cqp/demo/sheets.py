"""The attendance sheets of last month: some of the home crew's are signed, the others are not."""

from datetime import date

from cqp.demo.promotions import Promotion
from cqp.demo.rolls import next_working_day
from cqp.demo.schedule import Schedule
from trainees.queries.months import read_months
from trainees.services.months import close_month

SIGNED = 6


class Sheets:
    def __init__(self, *, today: date) -> None:
        self.this_month = today.replace(day=1)
        self.signed_on = min(next_working_day(self.this_month), today)

    def plan(self, schedule: Schedule, promotion: Promotion) -> None:
        schedule.at(self.signed_on, 8.75, lambda: self._sign(promotion))

    def _sign(self, promotion: Promotion) -> None:
        """Those that are complete; in the first days of a month, a late roll call may leave some incomplete."""
        month = self.this_month - date.resolution
        complete = [read for read in read_months(promotion.enrollments, month).values() if read.is_complete]
        for read in complete[:SIGNED]:
            close_month(enrollment=read.enrollment, month=month, by=promotion.team.director)
