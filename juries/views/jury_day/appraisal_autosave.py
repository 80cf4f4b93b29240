"""The autosave of a grid while a juror types: JSON in, JSON out, never a page."""

from typing import Any
from uuid import UUID

from accounts.views.requests import AuthenticatedHttpRequest
from core.formats import timeofday
from core.texts import LONGEST_EXPLANATION, is_storable
from core.views.json_actions import UNREADABLE, Refused, body_of, json_action, refused_to_role
from evaluations.enums import TestKind
from juries.models import Appraisal, Candidate
from juries.permissions import can_appraise
from juries.services.jury_day.appraisals import LostUpdate, save_appraisal
from juries.views.jury_day.appraisals import ONLY_JURORS

MOST_BYTES = 64 * 1024
TOO_LONG = f"Vos remarques dépassent {LONGEST_EXPLANATION} signes : raccourcissez-les."
UNKNOWN = "Ce candidat n’est plus dans votre session. Revenez à la liste."


@json_action("POST")
def appraisal_autosave(request: AuthenticatedHttpRequest, pk: UUID, test: TestKind) -> dict[str, Any]:
    """Save the grid as it is typed. {owner, page, revision, marks, validated, comment} → {revision, at}.

    403 to those who do not appraise here, 404 for another session, 409 when another page saved first (`moved`, with
    what that page saved).
    """
    user = request.user
    candidate = Candidate.objects.visible_to(user).select_related("session").filter(pk=pk).first()
    if candidate is None:
        raise Refused(404, "unknown", UNKNOWN)
    if user.is_certifier and not can_appraise(user, candidate):
        raise refused_to_role(by=user, path=request.path, sentence=ONLY_JURORS)
    given = _read(body_of(request, most=MOST_BYTES, too_large=TOO_LONG))
    try:
        appraisal = save_appraisal(candidate=candidate, juror=user.juror, test=test, by=user, **given)
    except LostUpdate as lost:
        raise Refused(409, "moved", lost.message, theirs=_saved(lost.saved)) from lost
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
    comment = "".join(sign for sign in comment if is_storable(sign))
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
