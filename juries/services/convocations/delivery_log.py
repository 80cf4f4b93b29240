"""The delivery of each convocation of a session, and sending one again."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.models import Work
from juries.emails import own_address
from juries.enums import CONVOCATIONS, LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter
from juries.services.convocations import resend_letter
from juries.services.locks import lock_session
from juries.tasks import send_letter

FOLLOWERS = (LetterKind.REMINDER, LetterKind.EVE)


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> Letter:
    """Send a letter that did not leave, or that the person did not find; a letter that waits leaves now.

    Refused while it is being sent, once it has a reply, and when it is no longer in force.
    """
    session = lock_session(letter.session, SessionState.CONVENED, act="l’envoi d’une convocation")
    letter = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if letter.replaced_at or letter.state == LetterState.USELESS:
        raise StaleState("Cette convocation n’est plus en vigueur. Rechargez la page.")
    if letter.state in (LetterState.CONFIRMED, LetterState.DECLINED):
        raise DomainError("Cette personne a déjà répondu : rien n’est à renvoyer.")
    resend_letter(
        letter,
        by=by,
        summary=f"{session} : {letter.get_kind_display()} envoyée de nouveau à {letter.name}",
    )
    return letter


@dataclass(frozen=True)
class ConvocationRow:
    """One person of the page of convocations: the letter in force, what followed it, what waits."""

    letter: Letter
    by_hand: bool
    reminders: list[Letter]
    due_at: object


def convocation_rows(session: JurySession) -> list[ConvocationRow]:
    """Everybody convened to a session, jurors first. Three queries, whatever their number."""
    letters = list(session.letters.in_force().with_people())
    followers: dict = {}
    for row in session.letters.filter(kind__in=FOLLOWERS, sent_at__isnull=False).order_by("sent_at"):
        followers.setdefault(row.convocation_id, []).append(row)
    waiting = Work.objects.filter(task=send_letter.name, subject_id__in=[row.pk for row in letters])
    due = dict(waiting.filter(due_at__gt=clock.now()).values_list("subject_id", "due_at"))
    order = {kind: place for place, kind in enumerate(CONVOCATIONS)}
    letters.sort(key=lambda row: (order[row.kind], row.addressee.folded))
    return [
        ConvocationRow(
            letter=row,
            by_hand=row.kind == LetterKind.CANDIDATE and not own_address(row),
            reminders=followers.get(row.pk, []),
            due_at=due.get(row.pk) if row.state == LetterState.TO_SEND else None,
        )
        for row in letters
    ]
