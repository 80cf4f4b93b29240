"""What a view that a program calls does: JSON in, JSON out, never a page.

A page that saves what is typed::

    @json_action("POST")
    def day_autosave(request, pk):
        day = Day.objects.visible_to(request.user).filter(pk=pk).first()
        if day is None:
            raise Refused(404, "unknown", "Ce jour n’existe plus.")
        body = body_of(request, most=64 * 1024, too_large="Ce texte est trop long.")
        note_day(day=day, note=body.get("note"), by=request.user)
        return {"at": timeofday(clock.now())}

A refusal is {"error": word} and, where a person is to read why, {"sentence": …}. static/js/core/http.js reads them.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.cache import never_cache

from core.bodies import announced_bytes, drain
from core.errors import DomainError
from core.services.refusals import record_refusal

UNREADABLE = "Cet envoi n’est pas lisible : rien n’a été enregistré. Rechargez la page, puis recommencez."
BUSY = "Le site est très occupé. Rien n’est perdu : l’envoi reprendra dans un moment."

COMPACT = {"ensure_ascii": False, "separators": (",", ":")}
LONGEST_NUMBER = 18
"""Digits of the longest whole number that a column holds."""

logger = logging.getLogger(__name__)


class Refused(Exception):
    """The request as a whole is refused; nothing of it was stored. `more` goes beside the word and the sentence."""

    def __init__(self, status: int, error: str, sentence: str = "", **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.content = {"error": error} | ({"sentence": sentence} if sentence else {}) | more


def json_action(method: str) -> Callable:
    """Open a view to one method, GET or POST, and answer in JSON whatever happens; the view gives a dict.

    401 without a login, 405 by another method, 409 what a rule refuses, 503 when the database does not take it: the
    program keeps what it has and tries again. `speaks_json` tells those who answer before the view to do so in JSON.
    """

    def decorate(view: Callable[..., dict]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                _refuse_stranger(request, method)
                return _answer(view(request, *args, **kwargs))
            except Refused as refusal:
                return _answer(refusal.content, refusal.status)
            except DomainError as error:
                return _answer({"error": "rule", "sentence": error.message}, 409)
            except DatabaseError:
                logger.exception("The database did not take what a program sent.")
                return _answer({"error": "busy", "sentence": BUSY}, 503)

        vars(guarded)["speaks_json"] = True
        return login_not_required(never_cache(guarded))

    return decorate


def refused_to_role(*, by: AbstractBaseUser, path: str, sentence: str) -> Refused:
    """The refusal, recorded in the journal, of what the role of this person does not allow."""
    record_refusal(by=by, path=path, sentence=sentence)
    return Refused(403, "role", sentence)


def body_of(request: HttpRequest, *, most: int, too_large: str) -> dict:
    """The JSON object that was sent, of at most `most` bytes, whose `owner` is the person who sends it.

    400 what is no JSON object, 413 with `too_large` beyond the limit, 409 the page of somebody else. A number that no
    column holds is left as text, for the reading of its field to refuse.
    """
    if request.content_type != "application/json":
        raise Refused(400, "format", UNREADABLE)
    try:
        if announced_bytes(request) > most:
            drain(request, most)
            raise Refused(413, "size", too_large)
        body = json.loads(request.read().decode(), parse_int=_whole, parse_constant=str)
    except (UnreadablePostError, ValueError, RecursionError):
        raise Refused(400, "format", UNREADABLE) from None
    if not isinstance(body, dict):
        raise Refused(400, "format", UNREADABLE)
    if body.get("owner") != str(request.user.pk):
        raise Refused(409, "owner")
    return body


def _answer(content: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params=COMPACT)


def _refuse_stranger(request: HttpRequest, method: str) -> None:
    if not request.user.is_authenticated:
        raise Refused(401, "login")
    if request.method != method and (request.method, method) != ("HEAD", "GET"):
        raise Refused(405, "method")


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits
