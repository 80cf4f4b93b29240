"""Locked rows, and refusals that several services share."""

from datetime import date

from core.errors import DomainError, StaleState
from core.formats import shortdate
from trainees.models import Enrollment


def lock_enrollment(enrollment: Enrollment) -> Enrollment:
    """The enrolment as it is now, locked until the commit, with its people."""
    return Enrollment.objects.select_for_update(of=("self",), no_key=True).with_people().get(pk=enrollment.pk)


def lock_open_enrollment(enrollment: Enrollment) -> Enrollment:
    """The same, refused when the trainee has left or finished."""
    locked = lock_enrollment(enrollment)
    if not locked.is_open:
        raise StaleState(
            f"Le parcours de {locked.trainee} est clos ({locked.get_state_display()}) : il ne change plus."
        )
    return locked


def refuse_faults(faults: dict[str, str]) -> None:
    """Refuse with every fault there is, in the order of the fields."""
    if faults:
        raise DomainError(" ".join(faults.values()))


def refuse_future(day: date, today: date, act: str) -> None:
    if day > today:
        raise DomainError(
            f"{act} ne peut pas être datée du {shortdate(day)}, qui est à venir. Vérifiez la date."
        )
