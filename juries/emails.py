"""E-mails about juries. A result is never in an e-mail: only the link to it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from juries.documents.convocations import (
    calendar_file,
    changes_between,
    displayed,
    render_convocation,
    reply_link,
)
from juries.enums import CONVOCATIONS, TO_CANDIDATES, LetterKind
from juries.models import Candidate, DayAccess, Letter
from structures.enums import Role
from structures.models import Membership

TAKEN_BACK = (LetterKind.DROPPED, LetterKind.CANCELLED)


def letter_message(letter: Letter, addresses: list[str]) -> EmailMessage:
    """The e-mail of one letter, with its PDF and its calendar file if it has them.

    The same letter has the same Message-ID, but when somebody asks for it once more: a mail server that receives
    it twice can drop it.
    """
    name = f"juries/emails/{letter.kind}"
    context = _context(letter)
    message = EmailMessage(
        subject=" ".join(render_to_string(f"{name}_subject.txt", context).split()),
        body=render_to_string(f"{name}.txt", context),
        to=addresses,
        headers={"Message-ID": f"<{letter.pk}.{letter.resends}@{_host()}>"},
    )
    for attachment in _attachments(letter):
        message.attach(*attachment)
    return message


def addresses_of(letter: Letter) -> list[str]:
    """The addresses of a letter: of the person, else of the directors who give it to them, else of the structure."""
    own = own_address(letter)
    if own:
        return [own]
    structure = letter.structure or (letter.enrollment and letter.enrollment.structure)
    if structure is None:
        return []
    directors = Membership.objects.current().filter(
        structure=structure, role=Role.DIRECTOR, user__is_active=True
    )
    return sorted(directors.values_list("user__email", flat=True)) or [a for a in [structure.email] if a]


def own_address(letter: Letter) -> str:
    """The address of the very person, empty for who has none."""
    if letter.enrollment:
        trainee = letter.enrollment.trainee
        return trainee.user.email if trainee.user and trainee.user.is_active else trainee.email
    return letter.recipient.email if letter.recipient and letter.recipient.is_active else ""


def _context(letter: Letter) -> dict:
    return {
        "letter": letter,
        "session": letter.session,
        "certifier": settings.CERTIFIER_NAME,
        "content": displayed(letter.content) if "day" in letter.content else letter.content,
        "by_hand": letter.enrollment is not None and not own_address(letter),
        "changes": _changes(letter),
        "candidates": _candidates_of_director(letter),
        "link": settings.SITE_URL + _url_of(letter),
        "reply_link": reply_link(letter.root) if letter.root.kind in CONVOCATIONS else "",
    }


def _changes(letter: Letter) -> list[str]:
    """What is new since the letter that this one replaces; nothing in the first one."""
    if letter.kind not in CONVOCATIONS or not letter.number:
        return []
    earlier = Letter.objects.filter(
        session=letter.session, kind=letter.kind, number__lt=letter.number, sent_at__isnull=False
    )
    same = {"enrollment": letter.enrollment_id, "structure": letter.structure_id}
    same |= {} if letter.enrollment_id else {"recipient": letter.recipient_id}
    before = earlier.filter(**same).order_by("-number").first()
    return changes_between(letter.kind, before.content, letter.content) if before and before.content else []


def _attachments(letter: Letter) -> list[tuple[str, bytes, str]]:
    day = f"{letter.session.held_on:%Y-%m-%d}"
    if letter.kind in TAKEN_BACK:
        return [(f"annulation-{day}.ics", calendar_file(letter, cancelled=True), _calendar_type("CANCEL"))]
    convocation = letter.root if letter.kind == LetterKind.REMINDER else letter
    if convocation.kind not in CONVOCATIONS:
        return []
    return [
        (f"convocation-{day}.pdf", render_convocation(convocation), "application/pdf"),
        (f"convocation-{day}.ics", calendar_file(convocation), _calendar_type("PUBLISH")),
    ]


def _calendar_type(method: str) -> str:
    return f"text/calendar; method={method}; charset=utf-8"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _url_of(letter: Letter) -> str:
    if letter.kind in (LetterKind.JUROR, LetterKind.REPLY):
        return reverse("juries:session_detail", args=[letter.session_id])
    if letter.kind in TO_CANDIDATES:
        return reverse("juries:result_letter_file", args=[letter.pk])
    if letter.kind == LetterKind.REVIEW:
        return reverse("juries:appeal_list")
    return reverse("home")


def _candidates_of_director(letter: Letter) -> list[dict]:
    """The candidates of the structures that this person directs today, with the page of each enrollment."""
    if letter.kind != LetterKind.RESULTS:
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
