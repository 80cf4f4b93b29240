"""The examination of a sealed dossier by the certifier: accepted, or returned piece by piece."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import joined, shortdate
from core.services.journal import record
from core.texts import required_reason
from evaluations.enums import DOSSIER_MOVES, DossierState, Piece
from evaluations.models import Dossier, PieceReview
from trainees.enums import EnrollmentStep
from trainees.services.locks import lock_open_enrollment


@transaction.atomic
def accept_dossier(*, dossier: Dossier, by: User) -> Dossier:
    """Accept every piece: the enrolment goes on to the jury. Refused once the dossier has been examined."""
    return _examine(dossier, DossierState.ACCEPTED, EnrollmentStep.JURY, {}, by)


@transaction.atomic
def return_dossier(*, dossier: Dossier, reasons: Mapping[str, str], by: User) -> Dossier:
    """Return the pieces that `reasons` names, each with what to complete; the others are accepted.

    The attempt is kept; the next one takes the next number. Refused without any piece or with an empty reason.
    """
    if not reasons:
        raise DomainError("Dites quelle pièce est à reprendre, et pourquoi. Sinon, acceptez le dossier.")
    if unknown := set(reasons) - set(Piece.values):
        raise DomainError(f"Le dossier n’a pas de pièce « {min(unknown)} ». Rechargez la page.")
    given = {
        piece: required_reason(
            reason,
            name=f"Le mot sur « {Piece(piece).label} »",
            missing=f"Dites ce qui est à reprendre dans « {Piece(piece).label} ».",
        )
        for piece, reason in reasons.items()
    }
    return _examine(dossier, DossierState.RETURNED, EnrollmentStep.DOSSIER, given, by)


def _examine(dossier: Dossier, state: str, step: str, reasons: dict[str, str], by: User) -> Dossier:
    enrollment = lock_open_enrollment(dossier.enrollment)
    dossier = Dossier.objects.select_for_update(of=("self",), no_key=True).get(pk=dossier.pk)
    if state not in DOSSIER_MOVES[dossier.state]:
        raise StaleState(
            f"Ce dossier a déjà été examiné, le {shortdate(dossier.examined_at)} : {dossier.get_state_display()}."
        )
    dossier.state, dossier.examined_at, dossier.examined_by = state, clock.now(), by
    dossier.save(update_fields=["state", "examined_at", "examined_by"])
    PieceReview.objects.bulk_create(
        PieceReview(
            dossier=dossier, piece=piece, accepted=piece not in reasons, reason=reasons.get(piece, "")
        )
        for piece in Piece.values
    )
    enrollment.step = step
    enrollment.save(update_fields=["step"])
    summary = f"dossier de {enrollment.trainee} {dossier.get_state_display()}, présentation {dossier.attempt}"
    record(
        action=f"evaluations.dossier.{dossier.state}",
        subject=dossier,
        by=by,
        summary=summary,
        reason=joined(f"{Piece(piece).label} : {reason}" for piece, reason in reasons.items()),
        data={"attempt": dossier.attempt, "returned": sorted(reasons)},
        topic_id=enrollment.pk,
    )
    return dossier
