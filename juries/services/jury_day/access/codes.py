"""The code that a juror asks for themself, and receives by e-mail."""

from django.db import transaction
from django.utils.crypto import constant_time_compare

from core import clock
from core.errors import DomainError
from core.services.journal import record
from core.services.work import schedule
from juries.enums import JUROR_STATES, AccessKind
from juries.models import DayAccess, Seat
from juries.models.jury_day.access import MOST_TRIES, end_of
from juries.rules.access_codes import fingerprint_of, typed_code
from juries.services.jury_day.access.entering import enter, lets_in
from juries.tasks.jury_day import send_code

WRONG = (
    "Cette adresse et ce code ne vont pas ensemble, ou le code ne sert plus : il sert une fois, le jour du jury, "
    "et meurt après cinq essais. Vérifiez-le, ou demandez-en un autre."
)


@transaction.atomic
def request_code(*, email: str) -> None:
    """Send a code to whoever sits in a jury today under this address; to anybody else nothing, with the same answer.

    A code asked before and not used is void. The worker makes the code and sends it; only its hash is stored.
    """
    sitting = Seat.objects.active().filter(
        juror__user__email__iexact=email.strip(),
        juror__user__is_active=True,
        juror__user__is_certifier=False,
        juror__is_active=True,
        session__held_on=clock.today(),
        session__state__in=JUROR_STATES,
    )
    seat = (
        sitting.select_for_update(of=("self",), no_key=True).select_related("session", "juror__user").first()
    )
    if seat is None:
        return
    waiting = DayAccess.objects.filter(session=seat.session, juror=seat.juror, kind=AccessKind.CODE)
    waiting.filter(used_at=None, revoked_at=None).update(revoked_at=clock.now())
    access = DayAccess.objects.create(
        session=seat.session,
        juror=seat.juror,
        kind=AccessKind.CODE,
        made_by=seat.juror.user,
        expires_at=end_of(seat.session.held_on),
    )
    record(
        action="juries.access.asked",
        subject=access,
        by=None,
        summary=f"{seat.session} : code demandé pour {seat.juror}",
        topic_id=seat.session_id,
    )
    schedule(send_code, access.pk)


def enter_by_code(*, email: str, code: str) -> DayAccess:
    """Accept the code sent to this address. Refused, and counted, when it is not that code."""
    access = _try(email.strip(), fingerprint_of(typed_code(code)))
    if access is None:
        raise DomainError(WRONG)
    return access


@transaction.atomic
def _try(email: str, fingerprint: str) -> DayAccess | None:
    """The access entered, or none; a failure is written too, so that tries are counted whatever happens."""
    waiting = DayAccess.objects.valid().filter(
        kind=AccessKind.CODE, used_at=None, juror__user__email__iexact=email
    )
    access = (
        waiting.exclude(secret_hash="")
        .select_for_update(of=("self",), no_key=True)
        .select_related("session", "juror__user")
        .first()
    )
    if access is None or not lets_in(access):
        return None
    if constant_time_compare(access.secret_hash, fingerprint):
        return enter(access)
    access.tries += 1
    access.save(update_fields=["tries"])
    if access.tries == MOST_TRIES:
        record(
            action="juries.access.void",
            subject=access,
            by=None,
            summary=f"{access.session} : code de {access.juror} mort après {MOST_TRIES} essais manqués",
            topic_id=access.session_id,
        )
    return None
