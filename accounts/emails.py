from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation

INVITATION_SALT = "accounts.invitation"


def invitation_token(invitation: Invitation) -> str:
    """The unguessable part of the link: the id of the row, signed with the house's key."""
    return signing.dumps(str(invitation.pk), salt=INVITATION_SALT)


def send_invitation_email(invitation: Invitation) -> None:
    path = reverse("accounts:accept_invitation", args=[invitation_token(invitation)])
    context = {"invitation": invitation, "link": settings.SITE_URL + path, "certifier": settings.CERTIFIER_NAME}
    send_mail(
        subject=render_to_string("accounts/emails/invitation_subject.txt", context).strip(),
        message=render_to_string("accounts/emails/invitation.txt", context),
        from_email=None,
        recipient_list=[invitation.user.email],
    )
