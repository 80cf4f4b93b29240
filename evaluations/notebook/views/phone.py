"""The JSON interface of the pages of /saisie/, used when there is a network."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.formats import number
from core.services.refusals import record_refusal
from evaluations.notebook.queries.notebook import read_notebook
from evaluations.notebook.services.receipts import read_receipt
from evaluations.notebook.services.sending import receive_entries
from evaluations.views.entry import ONLY_TRAINERS
from structures.enums import EVALUATING_ROLES
from structures.permissions import roles_of

MOST_BYTES = 16 * 1024 * 1024
MOST_ENTRIES = 20_000
MOST_IN_A_RECEIPT = 5_000
DRAINED, PIECE = 4 * MOST_BYTES, 64 * 1024
"""What is read and thrown away of a body too large, so that the phone hears the answer before the line is cut."""

TOO_LARGE = (
    f"Cet envoi est trop lourd : {MOST_BYTES // 1024**2} Mo au plus. Envoyez moins de saisies à la fois."
)
TOO_MANY_ENTRIES = (
    f"Cet envoi compte plus de {number(MOST_ENTRIES)} saisies : aucune n’a été lue. "
    "Envoyez moins de saisies à la fois."
)
TOO_MANY_IDS = f"Un reçu porte sur {number(MOST_IN_A_RECEIPT)} saisies au plus : demandez-en plusieurs."
UNREADABLE = "Cet envoi n’est pas lisible : rien n’a été enregistré. Rechargez la page, puis recommencez."
BUSY = "Le site est très occupé. Rien n’est perdu : l’envoi reprendra dans un moment."

COMPACT = {"ensure_ascii": False, "separators": (",", ":")}

logger = logging.getLogger(__name__)


class Refused(Exception):
    """The request as a whole is refused; nothing of it was stored."""

    def __init__(self, status: int, error: str, sentence: str = "") -> None:
        super().__init__(error)
        self.status, self.content = status, {"error": error} | ({"sentence": sentence} if sentence else {})


def for_phones(method: str) -> Callable:
    """Open a view to those who evaluate, by one method, and answer everybody in JSON: a program reads it.

    401 without a session, 405 by another method, 403 to those who do not evaluate, 503 when the database
    does not take it: the phone keeps its entries and tries again later. `speaks_json` tells the page of
    refused forms (CSRF) to answer in JSON too.
    """

    def decorate(view: Callable[..., dict]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: AuthenticatedHttpRequest) -> HttpResponse:
            try:
                _guard(request, method)
                return JsonResponse(view(request), json_dumps_params=COMPACT)
            except Refused as refusal:
                return JsonResponse(refusal.content, status=refusal.status, json_dumps_params=COMPACT)
            except DatabaseError:
                logger.exception("The database did not take what a phone asked.")
                return JsonResponse({"error": "busy", "sentence": BUSY}, status=503)

        vars(guarded)["speaks_json"] = True
        return login_not_required(never_cache(guarded))

    return decorate


def _guard(request: AuthenticatedHttpRequest, method: str) -> None:
    if not request.user.is_authenticated:
        raise Refused(401, "login")
    if request.method != method and (request.method, method) != ("HEAD", "GET"):
        raise Refused(405, "method")
    if not roles_of(request.user) & set(EVALUATING_ROLES):
        record_refusal(by=request.user, path=request.path, sentence=ONLY_TRAINERS)
        raise Refused(403, "role", ONLY_TRAINERS)


@gzip_page
@for_phones("GET")
def notebook(request: AuthenticatedHttpRequest) -> dict:
    """All that a phone needs to evaluate, call the roll and sign without network."""
    return read_notebook(request.user) | {"csrf": get_token(request)}


@for_phones("POST")
def send(request: AuthenticatedHttpRequest) -> dict:
    """Record the entries made on a phone, each checked on its own; sending the same again changes nothing."""
    body = _body_of(request)
    entries = body.get("entries")
    if not isinstance(entries, list):
        raise Refused(400, "format", UNREADABLE)
    if len(entries) > MOST_ENTRIES:
        raise Refused(413, "size", TOO_MANY_ENTRIES)
    result = receive_entries(entries=entries, by=request.user)
    return {
        "accepted": [str(pk) for pk in result.accepted],
        "refused": {str(pk): sentence for pk, sentence in result.refused.items()},
        "unreadable": [{"place": n, "sentence": sentence} for n, sentence in result.unreadable.items()],
        "day": clock.today().isoformat(),
        "now": clock.now().isoformat(),
    }


@for_phones("POST")
def receipt(request: AuthenticatedHttpRequest) -> dict:
    """The count and the fingerprint of those recorded among the entries that a phone names."""
    ids = _body_of(request).get("ids")
    if not isinstance(ids, list):
        raise Refused(400, "format", UNREADABLE)
    if len(ids) > MOST_IN_A_RECEIPT:
        raise Refused(400, "size", TOO_MANY_IDS)
    return read_receipt(ids=ids, by=request.user)


def _body_of(request: AuthenticatedHttpRequest) -> dict:
    """The JSON object that was sent, of the person who sends it; read as a stream, under our own limit."""
    if request.content_type != "application/json":
        raise Refused(400, "format", UNREADABLE)
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            _drain(request)
            raise Refused(413, "size", TOO_LARGE)
        body = json.loads(request.read().decode(), parse_int=_whole, parse_constant=str)
    except (UnreadablePostError, ValueError, RecursionError):
        raise Refused(400, "format", UNREADABLE) from None
    if not isinstance(body, dict):
        raise Refused(400, "format", UNREADABLE)
    if body.get("owner") != str(request.user.pk):
        raise Refused(409, "owner")
    return body


def _drain(request: AuthenticatedHttpRequest) -> None:
    for _ in range(DRAINED // PIECE):
        if not request.read(PIECE):
            return


def _whole(digits: str) -> Any:
    """A whole number; one that no field could hold stays text, so that its entry alone is refused."""
    return int(digits) if len(digits) < 19 else digits
