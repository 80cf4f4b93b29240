"""The code that a juror asks for themself, and receives by e-mail."""

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.services.journal import record
from core.services.work import schedule
from juries.enums import JUROR_STATES, AccessKind
from juries.models import DayAccess, Seat
from juries.models.jury_day.access import end_of
from juries.rules.access_codes import fingerprint_of, typed_code
from juries.services.jury_day.access.entering import enter, lets_in
from juries.tasks.jury_day import send_code

MOST_WAITING = 6
"""Codes of one juror that may wait at once: a stranger who asks for some makes none that the juror received void."""

WRONG = (
    "Cette adresse et ce code ne vont pas ensemble, ou le code ne sert plus : il sert une fois, le jour du jury. "
    "Vérifiez-le, ou demandez-en un autre."
)


@transaction.atomic
def request_code(*, email: str) -> None:
    """Send a code to whoever sits in a jury today under this address; to anybody else nothing, with the same answer.

    The codes asked before stay valid, the last six of them. The worker makes the code and sends it; only its hash is
    stored.
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
    waiting = DayAccess.objects.filter(
        session=seat.session, juror=seat.juror, kind=AccessKind.CODE, used_at=None, revoked_at=None
    )
    oldest = waiting.order_by("-made_at").values_list("pk", flat=True)[MOST_WAITING - 1 :]
    waiting.filter(pk__in=list(oldest)).update(revoked_at=clock.now())
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


@transaction.atomic
def enter_by_code(*, email: str, code: str) -> DayAccess:
    """Let in whoever gives a code sent to this address; the others are void then. Refused when it is none of them.

    Wrong codes make none void: whoever tries them is limited by the view, by where they come from.
    """
    waiting = DayAccess.objects.valid().filter(
        kind=AccessKind.CODE, used_at=None, juror__user__email__iexact=email.strip()
    )
    access = (
        waiting.filter(secret_hash=fingerprint_of(typed_code(code)))
        .select_for_update(of=("self",), no_key=True)
        .select_related("session", "juror__user")
        .first()
    )
    if access is None or not lets_in(access):
        raise DomainError(WRONG)
    others = DayAccess.objects.filter(session=access.session, juror=access.juror, kind=AccessKind.CODE)
    others.filter(used_at=None, revoked_at=None).exclude(pk=access.pk).update(revoked_at=clock.now())
    return enter(access)
