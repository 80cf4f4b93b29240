"""The link that the certifier or the president shows as a QR code."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.services.journal import record
from juries.enums import JUROR_STATES, AccessKind
from juries.models import DayAccess, JurySession, Seat
from juries.models.jury_day.access import end_of
from juries.rules.access_codes import fingerprint_of, new_link_secret
from juries.services.jury_day.access.entering import enter, lets_in
from juries.services.locks import lock_session

OVER = (
    "Ce lien ne sert pas, ou ne sert plus : il vaut pour le seul jour du jury, et peut être retiré. "
    "Demandez-en un autre à la présidence, ou un code par e-mail."
)


@dataclass(frozen=True)
class DayLink:
    """A new link with its secret, which is not stored."""

    access: DayAccess
    secret: str


@transaction.atomic
def make_links(*, session: JurySession, seats: Iterable[Seat], by: User) -> list[DayLink]:
    """One fresh link for each of these jurors; the link they had before is over, with the login it gave.

    Refused: before the convocation, once the day is over, for a seat that was left, and for a certifier, who
    comes in with their password.
    """
    session = lock_session(session, *JUROR_STATES, act="l’accès d’un jour")
    if clock.today() > session.held_on:
        raise DomainError("Le jour de ce jury est passé : un juré entre maintenant avec son mot de passe.")
    wanted = {seat.pk for seat in seats}
    rows = list(session.seats.active().with_people().filter(pk__in=wanted))
    if len(rows) != len(wanted) or not rows:
        raise DomainError("Cette place n’est plus occupée dans cette session. Rechargez la page.")
    return [_make_link(session, seat, by) for seat in rows]


def _make_link(session: JurySession, seat: Seat, by: User) -> DayLink:
    juror = seat.juror
    if juror.user.is_certifier or not (juror.is_active and juror.user.is_active):
        raise DomainError(
            f"{juror} n’entre pas par un lien : un compte de certificateur demande son mot de passe, "
            "et un compte fermé n’entre pas."
        )
    now = clock.now()
    before = DayAccess.objects.valid().filter(session=session, juror=juror, kind=AccessKind.LINK)
    before.update(revoked_at=now)
    secret = new_link_secret()
    access = DayAccess.objects.create(
        session=session,
        juror=juror,
        kind=AccessKind.LINK,
        secret_hash=fingerprint_of(secret),
        made_by=by,
        made_at=now,
        expires_at=end_of(session.held_on),
    )
    record(
        action="juries.access.made",
        subject=access,
        by=by,
        summary=f"{session} : lien du jour donné à {juror}",
        topic_id=session.pk,
    )
    return DayLink(access, secret)


def find_link(*, secret: str) -> DayAccess | None:
    """The valid access of this secret, or none."""
    access = _links_of(secret).first()
    return access if access and lets_in(access) else None


@transaction.atomic
def enter_by_link(*, secret: str) -> DayAccess:
    """Accept a link; the login of the device that used it before ends. Refused once it is over."""
    access = _links_of(secret).select_for_update(of=("self",), no_key=True).first()
    if access is None or not lets_in(access):
        raise DomainError(OVER)
    return enter(access)


def _links_of(secret: str):
    rows = DayAccess.objects.filter(kind=AccessKind.LINK, secret_hash=fingerprint_of(secret))
    return rows.select_related("session", "juror__user")
