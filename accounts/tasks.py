from uuid import UUID

from accounts.emails import send_invitation_email
from accounts.models import Invitation
from core import clock
from core.tasks import work_task


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
