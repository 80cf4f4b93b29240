from datetime import date

from django.db import transaction

from accounts.models import User
from core import clock
from core.formats import number, shortdate
from core.services.journal import record
from cqp.dashboard.models import Objective


def current_objective() -> Objective | None:
    """The objective in force: the newest."""
    return Objective.objects.first()


@transaction.atomic
def set_objective(*, target: int, starts_on: date, ends_on: date, source: str, by: User) -> Objective:
    """Set a new national objective; the former ones stay readable."""
    objective = Objective(
        target=target, starts_on=starts_on, ends_on=ends_on, source=source, set_by=by, set_at=clock.now()
    )
    objective.full_clean()
    objective.save()
    record(
        action="cqp.objective.set",
        subject=objective,
        by=by,
        summary=f"Objectif fixé : {number(target)} certifiés d’ici au {shortdate(ends_on)}",
    )
    return objective
