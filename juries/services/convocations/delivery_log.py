"""Having a letter sent once more, by somebody who asks for it."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.models import Work
from juries.emails import own_address
from juries.enums import CONVOCATIONS, LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter
from juries.services.convocations import renew_letter
from juries.services.locks import lock_session
from juries.tasks import send_letter

FOLLOWERS = (LetterKind.REMINDER, LetterKind.EVE)


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> Letter:
    """Send a letter that did not leave, or that the person did not find; a letter that waits leaves now.

    Refused while it is in hand, once it is answered, and when it no longer holds.
    """
    session = lock_session(letter.session, SessionState.CONVENED, act="l’envoi d’une convocation")
    letter = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if letter.replaced_at or letter.state == LetterState.USELESS:
        raise StaleState("Cette convocation n’est plus en vigueur. Rechargez la page.")
    if letter.state in (LetterState.CONFIRMED, LetterState.DECLINED):
        raise DomainError("Cette personne a déjà répondu : rien n’est à renvoyer.")
    renew_letter(
        letter,
        by=by,
        summary=f"{session} : {letter.get_kind_display()} envoyée de nouveau à {letter.name}",
    )
    return letter


@dataclass(frozen=True)
class Line:
    """One person of the page of convocations: the letter in force, what followed it, what waits."""

    letter: Letter
    by_hand: bool
    reminded: list[Letter]
    waits_until: object


def lines_of(session: JurySession) -> list[Line]:
    """Everybody convened to a session, jurors first. Three queries, whatever their number."""
    letters = list(session.letters.in_force().with_people())
    followers: dict = {}
    for row in session.letters.filter(kind__in=FOLLOWERS, sent_at__isnull=False).order_by("sent_at"):
        followers.setdefault(row.convocation_id, []).append(row)
    waiting = Work.objects.filter(task=send_letter.name, subject_id__in=[row.pk for row in letters])
    due = dict(waiting.filter(due_at__gt=clock.now()).values_list("subject_id", "due_at"))
    order = {kind: place for place, kind in enumerate(CONVOCATIONS)}
    letters.sort(key=lambda row: (order[row.kind], row.name))
    return [
        Line(
            letter=row,
            by_hand=row.kind == LetterKind.CANDIDATE and not own_address(row),
            reminded=followers.get(row.pk, []),
            waits_until=due.get(row.pk) if row.state == LetterState.TO_SEND else None,
        )
        for row in letters
    ]
