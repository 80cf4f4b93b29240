from django.conf import settings
from django.core import signing
from django.urls import reverse

from juries.models import Letter

ANSWER_SALT = "juries.convocation"


def answer_token(letter: Letter) -> str:
    """The unguessable part of the link: the id of the row, signed with the house's key.

    The day of the session closes it: that day is read from the session, which may have moved.
    """
    return signing.Signer(salt=ANSWER_SALT).sign(str(letter.pk))


def read_answer_token(token: str) -> Letter | None:
    """The letter that a link was made for; None when nobody here made that link."""
    try:
        pk = signing.Signer(salt=ANSWER_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Letter.objects.with_people().filter(pk=pk).first()


def answer_link(letter: Letter) -> str:
    return settings.SITE_URL + reverse("juries:letter_answer", args=[answer_token(letter)])
