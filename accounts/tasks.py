import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from celery import Task, current_app, shared_task

from accounts import clock
from accounts.emails import send_invitation_email
from accounts.enums import WorkState
from accounts.models import Invitation, Work
from accounts.models.work import MOST_ATTEMPTS

logger = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
SWEEP_BATCH = 500


def work_task(function: Callable[[UUID], None]) -> Task:
    """Make a Celery task of a function of one row id, claimed through its `Work` row.

    The function may run twice or late and must come to the same result. When it raises, the piece
    goes back with a growing delay; after `MOST_ATTEMPTS` it is set aside with its reason and the
    others go on. A worker whose lease ran out no longer says what became of the piece.
    """

    @shared_task(name=f"{function.__module__}.{function.__name__}", ignore_result=True)
    @wraps(function)
    def run(work_id: str) -> None:
        if not Work.objects.claim(work_id):
            return
        work = Work.objects.get(pk=work_id)
        try:
            function(work.subject_id)
        except Exception as error:  # whatever it is, the piece must not be lost
            logger.exception("%s failed for %s", work.task, work.subject_id)
            _put_back(work, error)
        else:
            Work.objects.held_as(work).update(
                state=WorkState.DONE, done_at=clock.now(), lease_until=None, error=""
            )

    return run


def _put_back(work: Work, error: Exception) -> None:
    poisoned = work.attempts >= MOST_ATTEMPTS
    delay = min(FIRST_DELAY * 2 ** (work.attempts - 1), LONGEST_DELAY)
    Work.objects.held_as(work).update(
        state=WorkState.SET_ASIDE if poisoned else WorkState.PENDING,
        due_at=clock.now() + delay,
        lease_until=None,
        error=f"{type(error).__name__}: {error}"[:2000],
    )


@shared_task(name="accounts.tasks.sweep_work", ignore_result=True)
def sweep_work() -> None:
    """Send again what is due: lost messages, dead workers, delays that have run out.

    A piece that took its worker down at every attempt is set aside: nobody was left to do it.
    """
    deadly = Work.objects.due().filter(state=WorkState.RUNNING, attempts__gte=MOST_ATTEMPTS)
    deadly.update(
        state=WorkState.SET_ASIDE, lease_until=None, error="Le travailleur s’est arrêté à chaque essai."
    )
    for name, pk in Work.objects.due().values_list("task", "pk")[:SWEEP_BATCH]:
        current_app.send_task(name, [str(pk)])


@work_task
def send_invitation(invitation_id: UUID) -> None:
    """Send the link of an invitation that is still open, once."""
    invitation = (
        Invitation.objects.open().select_related("user", "invited_by").filter(pk=invitation_id).first()
    )
    if invitation is None or invitation.sent_at:
        return
    send_invitation_email(invitation)
    Invitation.objects.filter(pk=invitation_id).update(sent_at=clock.now())
