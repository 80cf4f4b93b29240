from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import hours, shortdate
from core.services.journal import record
from core.texts import required_reason
from trainees.enums import Modality
from trainees.models import Immersion
from trainees.services.hours.counters import add_minutes
from trainees.services.immersions.worktime import refuse_too_many_minutes
from trainees.services.locks import lock_open_enrollment


@transaction.atomic
def confirm_immersion(*, immersion: Immersion, done_minutes: int, reason: str = "", by: User) -> Immersion:
    """Confirm that an immersion took place and count its hours, from its last day on.

    More than the convention foresaw needs a reason, stored beside the hours; never more than the law
    lets one work on those days, nor than 399 h in all.
    """
    enrollment = lock_open_enrollment(immersion.enrollment)
    found = Immersion.objects.select_for_update(of=("self",), no_key=True).filter(pk=immersion.pk).first()
    if found is None:
        raise StaleState("Cette immersion vient d’être annulée. Rechargez la page.")
    immersion = found
    immersion.enrollment = enrollment
    _refuse_too_early(immersion)
    if done_minutes <= 0:
        raise DomainError("Une immersion faite porte ses heures. Indiquez-en plus de zéro.")
    refuse_too_many_minutes(immersion, done_minutes)
    immersion.overrun_reason = _why_more(immersion, done_minutes, reason)
    immersion.done_minutes, immersion.confirmed_at = done_minutes, clock.now()
    immersion.save(update_fields=["done_minutes", "confirmed_at", "overrun_reason"])
    add_minutes([(enrollment, Modality.IMMERSION, done_minutes)])
    record(
        action="trainees.immersion.confirmed",
        subject=immersion,
        by=by,
        summary=f"{enrollment.trainee} a fait {hours(done_minutes)} chez {immersion.host_name}",
        reason=immersion.overrun_reason,
        data={"minutes": done_minutes, "planned": immersion.planned_minutes},
        topic_id=enrollment.pk,
    )
    return immersion


def _refuse_too_early(immersion: Immersion) -> None:
    if immersion.confirmed_at:
        raise StaleState(f"Cette immersion est déjà confirmée, avec {hours(immersion.done_minutes)}.")
    if clock.today() < immersion.ends_on:
        raise DomainError(
            f"Cette immersion finit le {shortdate(immersion.ends_on)}. Confirmez-la à partir de ce jour-là."
        )


def _why_more(immersion: Immersion, done_minutes: int, reason: str) -> str:
    if done_minutes <= immersion.planned_minutes:
        return ""
    excess = hours(done_minutes - immersion.planned_minutes)
    return required_reason(
        reason,
        missing=(
            f"C’est {excess} de plus que la convention n’en prévoit "
            f"({hours(immersion.planned_minutes)}) : dites pourquoi en quelques mots."
        ),
    )
