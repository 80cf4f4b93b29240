"""What people are written about juries. A result is never in an e-mail: only the way to it."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from juries.enums import LetterKind
from juries.models import Candidate, DayAccess, Letter
from structures.enums import Role
from structures.models import Membership


def send_letter_email(letter: Letter) -> None:
    """Write to one person about one session, in the words of the kind of letter."""
    name = f"juries/emails/{letter.kind}"
    context = {
        "letter": letter,
        "session": letter.session,
        "certifier": settings.CERTIFIER_NAME,
        "candidates": _candidates_told_to(letter),
        "link": settings.SITE_URL + _path_for(letter),
    }
    send_mail(
        subject=" ".join(render_to_string(f"{name}_subject.txt", context).split()),
        message=render_to_string(f"{name}.txt", context),
        from_email=None,
        recipient_list=[letter.recipient.email],
    )


def _path_for(letter: Letter) -> str:
    if letter.kind == LetterKind.JUROR:
        return reverse("juries:session_detail", args=[letter.session_id])
    return reverse("home")


def _candidates_told_to(letter: Letter) -> list[dict]:
    """The candidates of the structures that this person directs today, with the page of each path."""
    if letter.kind == LetterKind.JUROR:
        return []
    directed = Membership.objects.current().filter(user=letter.recipient, role=Role.DIRECTOR)
    rows = Candidate.objects.filter(
        session=letter.session, enrollment__structure__in=directed.values("structure")
    ).select_related("enrollment__trainee")
    return [
        {"row": row, "link": settings.SITE_URL + reverse("trainee_page", args=[row.enrollment_id])}
        for row in rows
    ]


def send_code_email(access: DayAccess, code: str) -> None:
    """Send the code that lets a juror in for the day."""
    context = {
        "access": access,
        "code": code,
        "session": access.session,
        "certifier": settings.CERTIFIER_NAME,
        "link": settings.SITE_URL + reverse("juries:day_code"),
    }
    send_mail(
        subject=" ".join(render_to_string("juries/emails/code_subject.txt", context).split()),
        message=render_to_string("juries/emails/code.txt", context),
        from_email=None,
        recipient_list=[access.juror.user.email],
    )
