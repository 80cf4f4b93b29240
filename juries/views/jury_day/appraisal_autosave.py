"""What the page of a grid says to the site while a juror types: JSON in, JSON out, never a page."""

import json
import logging
import unicodedata
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.views.decorators.cache import never_cache

from accounts.models import User
from core.errors import DomainError
from core.formats import timeofday
from core.services.refusals import record_refusal
from core.texts import LONGEST_EXPLANATION
from evaluations.enums import TestKind
from juries.models import Appraisal, Candidate
from juries.permissions import can_appraise
from juries.services.jury_day.appraisals import LostUpdate, save_appraisal
from juries.views.jury_day.appraisals import ONLY_JURORS

MOST_BYTES = 64 * 1024
UNREADABLE = "Cette saisie n’est pas lisible : rien n’a été enregistré. Rechargez la page, puis recommencez."
TOO_LONG = f"Vos remarques dépassent {LONGEST_EXPLANATION} signes : raccourcissez-les."
BUSY = "Le site est très occupé. Rien n’est perdu : l’envoi reprendra dans un moment."
UNKNOWN = "Ce candidat n’est plus dans votre session. Revenez à la liste."
KEPT_CONTROLS = "\n\t"

logger = logging.getLogger(__name__)


class Refused(Exception):
    """The save is refused; nothing of it was stored."""

    def __init__(self, status: int, error: str, sentence: str = "", **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.content = {"error": error} | ({"sentence": sentence} if sentence else {}) | more


@login_not_required
@never_cache
def appraisal_autosave(request: HttpRequest, pk: UUID, test: TestKind) -> JsonResponse:
    """Keep the grid as it is typed. {owner, page, revision, marks, validated, comment} → {revision, at}.

    401 without a login, 403 to those who do not appraise here, 404 for another session, 409 when the page belongs to
    somebody else (`owner`), when another page saved first (`moved`, with what that page saved) or when a rule
    refuses (`rule`), 400 for what cannot be read, 503 when the database does not take it: the tablet sends it again.
    """
    try:
        return JsonResponse(_keep(request, pk, test))
    except Refused as refusal:
        return JsonResponse(refusal.content, status=refusal.status)
    except DatabaseError:
        logger.exception("The database did not take what a tablet sent.")
        return JsonResponse({"error": "busy", "sentence": BUSY}, status=503)


vars(appraisal_autosave)["speaks_json"] = True


def _keep(request: HttpRequest, pk: UUID, test: TestKind) -> dict:
    user = request.user
    if not isinstance(user, User):
        raise Refused(401, "login")
    if request.method != "POST":
        raise Refused(405, "method")
    candidate = Candidate.objects.visible_to(user).select_related("session").filter(pk=pk).first()
    if candidate is None:
        raise Refused(404, "unknown", UNKNOWN)
    if user.is_certifier and not can_appraise(user, candidate):
        record_refusal(by=user, path=request.path, sentence=ONLY_JURORS)
        raise Refused(403, "role", ONLY_JURORS)
    body = _body_of(request)
    if body.get("owner") != str(user.pk):
        raise Refused(409, "owner")
    try:
        appraisal = save_appraisal(candidate=candidate, juror=user.juror, test=test, by=user, **_read(body))
    except LostUpdate as lost:
        raise Refused(409, "moved", lost.message, theirs=_saved(lost.saved)) from lost
    except DomainError as error:
        raise Refused(409, "rule", error.message) from error
    return {"revision": appraisal.revision, "at": timeofday(appraisal.saved_at)}


def _saved(appraisal: Appraisal) -> dict:
    """What the other page saved, as the refused page shows it beside its own."""
    return {
        "revision": appraisal.revision,
        "at": timeofday(appraisal.saved_at),
        "marks": {str(mark.criterion_id): mark.rank for mark in appraisal.marks.all()},
        "validated": appraisal.validated,
        "comment": appraisal.comment,
    }


def _body_of(request: HttpRequest) -> dict:
    if request.content_type != "application/json":
        raise Refused(400, "format", UNREADABLE)
    try:
        text = request.read(MOST_BYTES + 1)
        body = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError, UnreadablePostError) as error:
        raise Refused(400, "format", UNREADABLE) from error
    if not isinstance(body, dict):
        raise Refused(400, "format", UNREADABLE)
    return body


def _read(body: dict) -> dict:
    """What the service takes, read strictly: nothing is guessed, converted or cut."""
    marks, validated, comment = body.get("marks"), body.get("validated"), body.get("comment")
    revision, page = body.get("revision"), body.get("page")
    if (
        not isinstance(marks, dict)
        or not all(type(rank) is int for rank in marks.values())
        or not (validated is None or isinstance(validated, bool))
        or not isinstance(comment, str)
        or type(revision) is not int
        or not isinstance(page, str)
    ):
        raise Refused(400, "format", UNREADABLE)
    comment = "".join(sign for sign in comment if _is_kept(sign))
    if len(comment.strip()) > LONGEST_EXPLANATION:
        raise Refused(400, "length", TOO_LONG)
    try:
        page_id = UUID(page)
    except ValueError as error:
        raise Refused(400, "format", UNREADABLE) from error
    return {
        "marks": marks,
        "validated": validated,
        "comment": comment,
        "revision": revision,
        "page": page_id,
    }


def _is_kept(sign: str) -> bool:
    """No database stores a control character or half a surrogate pair."""
    return sign in KEPT_CONTROLS or unicodedata.category(sign) not in ("Cc", "Cs")
