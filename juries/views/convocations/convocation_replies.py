"""The page behind the link of a convocation: no account, one question. Opening it answers nothing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.throttling import address_of, allows
from core.views.form_actions import refusal_in_form, sent, status_of
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
from trainees.views.immersions.tutors import unlisted

TRIES_PER_MINUTE = 20


@login_not_required
@never_cache
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def convocation_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Show the convocation, and record « I come » or « I do not » when it is posted.

    Programs that follow the links of a mail only read. The link of a letter that was replaced answers the one
    in force.
    """
    if not allows("convocation", address_of(request), limit=TRIES_PER_MINUTE, seconds=60):
        response = render(request, "juries/convocations/reply_throttled.html", status=429)
        response["Retry-After"] = "60"
        return response
    written = read_reply_token(token)
    letter = written and convocation_in_force(written)
    if letter is None or not letter.content:
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
    form = ReplyForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            reason = form.cleaned_data["reason"]
            record_reply(letter=letter, coming=form.coming, reason=reason, by=letter.recipient)
            return redirect(request.path)
        letter = convocation_in_force(letter) or letter
    context = _told(letter) | {"form": form}
    return render(request, "juries/convocations/reply.html", context, status=status_of(form))


def _told(letter: Letter) -> dict:
    return {
        "letter": letter,
        "content": displayed(letter.content),
        "by_hand": letter.kind == LetterKind.CANDIDATE and not own_address(letter),
    }
