"""The page behind the link of a convocation: no account, one question. Reading it answers nothing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.throttling import address_of, allows
from juries.documents.convocations import displayed, read_reply_token
from juries.emails import own_address
from juries.enums import LetterKind
from juries.forms.convocations import ReplyForm
from juries.models import Letter
from juries.services.sessions.convocation_replies import (
    convocation_in_force,
    record_reply,
    why_replies_are_closed,
)
from trainees.views.immersions.tutors import kept_quiet

TRIES_PER_MINUTE = 20


@login_not_required
@never_cache
@kept_quiet
@require_http_methods(["GET", "HEAD", "POST"])
def convocation_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is convened to, and keep « I come » or « I do not » when it is posted.

    Programs that follow the links of a mail only read. The link of a letter that was replaced answers the one
    in force.
    """
    if not allows("convocation", address_of(request), limit=TRIES_PER_MINUTE, seconds=60):
        response = render(request, "juries/convocations/reply_throttled.html", status=429)
        response["Retry-After"] = "60"
        return response
    written = read_reply_token(token)
    letter = written and convocation_in_force(written)
    if letter is None or not letter.said:
        return render(
            request,
            "juries/convocations/reply_closed.html",
            {"letter": written},
            status=410 if written else 404,
        )
    if closed := why_replies_are_closed(letter):
        return render(
            request, "juries/convocations/reply_closed.html", _told(letter) | {"closed": closed}, status=410
        )
    if request.method == "POST":
        return _keep(request, letter)
    return render(request, "juries/convocations/reply.html", _told(letter))


def _keep(request: HttpRequest, letter: Letter) -> HttpResponse:
    form = ReplyForm(request.POST)
    if not form.is_valid():
        error = " ".join(str(message) for messages in form.errors.values() for message in messages)
        return render(request, "juries/convocations/reply.html", _told(letter) | {"error": error}, status=422)
    try:
        record_reply(
            letter=letter, coming=form.coming, reason=form.cleaned_data["reason"], by=letter.recipient
        )
    except DomainError as error:
        current = convocation_in_force(letter) or letter
        return render(
            request, "juries/convocations/reply.html", _told(current) | {"error": error.message}, status=409
        )
    return redirect(request.path)


def _told(letter: Letter) -> dict:
    return {
        "letter": letter,
        "said": displayed(letter.said),
        "by_hand": letter.kind == LetterKind.CANDIDATE and not own_address(letter),
    }
