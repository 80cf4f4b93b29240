from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation

INVITATION_SALT = "accounts.invitation"


def invitation_token(invitation: Invitation) -> str:
    """The unguessable part of the link: the id of the row, signed with the key of the site."""
    return signing.Signer(salt=INVITATION_SALT).sign(str(invitation.pk))


def read_invitation_token(token: str) -> Invitation | None:
    """The invitation that a link was made for, open or not; None when nobody here made that link."""
    try:
        pk = signing.Signer(salt=INVITATION_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("user", "invited_by").filter(pk=pk).first()


def invitation_link(invitation: Invitation) -> str:
    path = reverse("accounts:accept_invitation", args=[invitation_token(invitation)])
    return settings.SITE_URL + path


def send_invitation_email(invitation: Invitation) -> None:
    context = {
        "invitation": invitation,
        "link": invitation_link(invitation),
        "certifier": settings.CERTIFIER_NAME,
    }
    send_mail(
        subject=render_to_string("accounts/emails/invitation_subject.txt", context).strip(),
        message=render_to_string("accounts/emails/invitation.txt", context),
        from_email=None,
        recipient_list=[invitation.user.email],
    )
