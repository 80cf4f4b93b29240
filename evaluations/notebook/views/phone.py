"""The JSON interface of the pages of /saisie/, used when there is a network."""

from collections.abc import Callable
from functools import wraps

from django.middleware.csrf import get_token
from django.views.decorators.gzip import gzip_page

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.formats import number
from core.views.json_actions import UNREADABLE, Refused, body_of, json_action, refused_to_role
from evaluations.notebook.queries.notebook import read_notebook
from evaluations.notebook.services.receipts import read_receipt
from evaluations.notebook.services.sending import receive_entries
from evaluations.views.entry import ONLY_TRAINERS
from structures.enums import EVALUATING_ROLES
from structures.permissions import roles_of

MOST_BYTES = 16 * 1024 * 1024
MOST_ENTRIES = 20_000
MOST_IN_A_RECEIPT = 5_000

TOO_LARGE = (
    f"Cet envoi est trop lourd : {MOST_BYTES // 1024**2} Mo au plus. Envoyez moins de saisies à la fois."
)
TOO_MANY_ENTRIES = (
    f"Cet envoi compte plus de {number(MOST_ENTRIES)} saisies : aucune n’a été lue. "
    "Envoyez moins de saisies à la fois."
)
TOO_MANY_IDS = f"Un reçu porte sur {number(MOST_IN_A_RECEIPT)} saisies au plus : demandez-en plusieurs."


def for_evaluators(view: Callable[..., dict]) -> Callable[..., dict]:
    """Open a view of the phone to those who evaluate; 403 to the others."""

    @wraps(view)
    def guarded(request: AuthenticatedHttpRequest) -> dict:
        if not roles_of(request.user) & set(EVALUATING_ROLES):
            raise refused_to_role(by=request.user, path=request.path, sentence=ONLY_TRAINERS)
        return view(request)

    return guarded


@gzip_page
@json_action("GET")
@for_evaluators
def notebook(request: AuthenticatedHttpRequest) -> dict:
    """All that a phone needs to evaluate, call the roll and sign without network."""
    return read_notebook(request.user) | {"csrf": get_token(request)}


@json_action("POST")
@for_evaluators
def send(request: AuthenticatedHttpRequest) -> dict:
    """Record the entries made on a phone, each checked on its own; sending the same again changes nothing."""
    body = body_of(request, most=MOST_BYTES, too_large=TOO_LARGE)
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


@json_action("POST")
@for_evaluators
def receipt(request: AuthenticatedHttpRequest) -> dict:
    """The count and the fingerprint of those recorded among the entries that a phone names."""
    ids = body_of(request, most=MOST_BYTES, too_large=TOO_LARGE).get("ids")
    if not isinstance(ids, list):
        raise Refused(400, "format", UNREADABLE)
    if len(ids) > MOST_IN_A_RECEIPT:
        raise Refused(400, "size", TOO_MANY_IDS)
    return read_receipt(ids=ids, by=request.user)
