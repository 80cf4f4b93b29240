from django.conf import settings
from django.core import signing
from django.urls import reverse

from juries.models import Letter

REPLY_SALT = "juries.convocation"


def reply_token(letter: Letter) -> str:
    """The unguessable part of the link: the id of the row, signed with the key of the site.

    The day of the session closes it: that day is read from the session, which may have moved.
    """
    return signing.Signer(salt=REPLY_SALT).sign(str(letter.pk))


def read_reply_token(token: str) -> Letter | None:
    """The letter that a link was made for; None when nobody here made that link."""
    try:
        pk = signing.Signer(salt=REPLY_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Letter.objects.with_people().filter(pk=pk).first()


def reply_link(letter: Letter) -> str:
    return settings.SITE_URL + reverse("juries:convocation_reply", args=[reply_token(letter)])
