from uuid import UUID

from core import clock
from core.tasks import work_task
from juries.emails import send_code_email
from juries.models import DayAccess
from juries.rules.access_codes import fingerprint_of, new_code


@work_task
def send_code(access_id: UUID) -> None:
    """Make the code of an access that is still waiting, store its hash, and send it.

    Run twice, it sends another code and the first one is void: a code is never stored, so it cannot be sent again.
    """
    waiting = DayAccess.objects.filter(pk=access_id, used_at=None, revoked_at=None)
    access = waiting.select_related("session", "juror__user").first()
    if access is None or access.expires_at <= clock.now():
        return
    code = new_code()
    if waiting.update(secret_hash=fingerprint_of(code)):
        send_code_email(access, code)
