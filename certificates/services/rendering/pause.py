"""The drawing of certificates for the whole country: held back, resumed, taken up again after failures."""

from django.db import IntegrityError, transaction

from accounts.models import User
from certificates.models import DrawingHold
from certificates.models.rendering import REASON_LENGTH
from certificates.tasks.rendering import draw_certificate
from core import clock
from core.errors import DomainError, StaleState
from core.formats import daytime
from core.services.journal import record
from core.services.work import wake_all


@transaction.atomic
def hold_drawing(*, reason: str, by: User) -> DrawingHold:
    """Draw no certificate until this is resumed; those in hand are finished, the others keep their turn.

    The register goes on: a certificate is valid, and verified by its code, before it has its file. By the
    certifier only; refused without a reason, or when the drawing is held already.
    """
    refuse_others(by)
    reason = reason.strip()
    if not reason:
        raise DomainError(
            "Dites pourquoi la fabrication est suspendue : les autres certificateurs le liront."
        )
    if len(reason) > REASON_LENGTH:
        raise DomainError("Le motif est trop long : dites-le en 300 signes.")
    hold = _open_hold(reason, by)
    record(
        action="certificates.drawing.held",
        subject=hold,
        by=by,
        summary="Fabrication des certificats suspendue",
        reason=reason,
    )
    return hold


@transaction.atomic
def resume_drawing(*, by: User) -> DrawingHold:
    """End the hold and wake the workers for all that waited. By the certifier; refused when nothing is held."""
    refuse_others(by)
    hold = DrawingHold.objects.select_for_update(of=("self",), no_key=True).open().first()
    if hold is None:
        raise StaleState("La fabrication n’est pas suspendue : il n’y a rien à reprendre.")
    hold.is_open = False
    hold.resumed_at, hold.resumed_by = clock.now(), by
    hold.save(update_fields=["is_open", "resumed_at", "resumed_by"])
    record(
        action="certificates.drawing.resumed",
        subject=hold,
        by=by,
        summary="Fabrication des certificats reprise",
    )
    wake_all(draw_certificate)
    return hold


def _open_hold(reason: str, by: User) -> DrawingHold:
    try:
        with transaction.atomic():
            return DrawingHold.objects.create(reason=reason, held_by=by)
    except IntegrityError as error:
        standing = DrawingHold.objects.open().select_related("held_by").get()
        raise StaleState(
            f"La fabrication est déjà suspendue, depuis le {daytime(standing.held_at)} "
            f"par {standing.held_by}."
        ) from error


def refuse_others(by: User) -> None:
    if not by.is_certifier:
        raise DomainError("La fabrication des certificats revient au certificateur.")
