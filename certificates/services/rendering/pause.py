"""The rendering of certificates for the whole country: paused and resumed."""

from django.db import IntegrityError, transaction

from accounts.models import User
from certificates.models import RenderingPause
from certificates.tasks.rendering import render_certificate
from core import clock
from core.errors import DomainError, StaleState
from core.formats import daytime
from core.services.journal import record
from core.services.work import wake_all
from core.texts import required_reason


@transaction.atomic
def pause_rendering(*, reason: str, by: User) -> RenderingPause:
    """Render no certificate until this is resumed; those being rendered are finished, the others wait.

    Certificates still enter the register: they are valid, and verified by their code, before they have their file.
    By the certifier only; refused without a reason, or when the rendering is paused already.
    """
    refuse_others(by)
    reason = required_reason(
        reason, missing="Dites pourquoi la fabrication est suspendue : les autres certificateurs le liront."
    )
    pause = _open_pause(reason, by)
    record(
        action="certificates.rendering.paused",
        subject=pause,
        by=by,
        summary="Fabrication des certificats suspendue",
        reason=reason,
    )
    return pause


@transaction.atomic
def resume_rendering(*, by: User) -> RenderingPause:
    """End the pause and wake the workers for all that waited. By the certifier; refused when nothing is paused."""
    refuse_others(by)
    pause = RenderingPause.objects.select_for_update(of=("self",), no_key=True).open().first()
    if pause is None:
        raise StaleState("La fabrication n’est pas suspendue : il n’y a rien à reprendre.")
    pause.is_open = False
    pause.resumed_at, pause.resumed_by = clock.now(), by
    pause.save(update_fields=["is_open", "resumed_at", "resumed_by"])
    record(
        action="certificates.rendering.resumed",
        subject=pause,
        by=by,
        summary="Fabrication des certificats reprise",
    )
    wake_all(render_certificate)
    return pause


def _open_pause(reason: str, by: User) -> RenderingPause:
    try:
        with transaction.atomic():
            return RenderingPause.objects.create(reason=reason, paused_by=by)
    except IntegrityError as error:
        current = RenderingPause.objects.open().select_related("paused_by").get()
        raise StaleState(
            f"La fabrication est déjà suspendue, depuis le {daytime(current.paused_at)} "
            f"par {current.paused_by}."
        ) from error


def refuse_others(by: User) -> None:
    if not by.is_certifier:
        raise DomainError("La fabrication des certificats revient au certificateur.")
