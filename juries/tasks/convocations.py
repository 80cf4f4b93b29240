"""Sends letters: each goes to the mail server once, and its row records the result.

What is guaranteed. The row says before that the mail is being sent, and after that it left. So
two workers never send the same letter, and a worker that dies between the two leaves a letter of which nobody
knows whether it left: it is never sent again by itself, but marked as failed with that reason, for the certifier to
decide. A refusal by the mail server is certain: the letter did not leave, and is tried again later after the
delays of `core.tasks`, or marked as failed when the refusal is final.
"""

import smtplib
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Case, F, QuerySet, Value, When

from core import clock
from core.errors import Postponed
from core.formats import daytime, joined
from core.models import Work
from core.models.work import LEASE, MOST_ATTEMPTS
from core.tasks import FULL, work_task
from juries.emails import addresses_of, letter_message
from juries.enums import CONVOCATIONS, LetterKind, LetterState, SessionState
from juries.models import Letter

NO_ADDRESS = (
    "Aucune adresse e-mail n’est connue, ni pour cette personne ni pour sa structure : "
    "imprimez la lettre et remettez-la."
)
NO_ANSWER = "La messagerie du site ne répond pas"
TRIED_AGAIN = "le site essaie de nouveau."


@work_task
def send_letter(letter_id: UUID) -> None:
    """Send one letter, once; nothing when it was withdrawn meanwhile or nobody can be reached."""
    letter = Letter.objects.with_people().filter(pk=letter_id).first()
    if letter is None or letter.state not in (LetterState.TO_SEND, LetterState.SENDING):
        return
    waiting = Letter.objects.filter(pk=letter.pk, state=letter.state)
    addresses = addresses_of(letter)
    if letter.state == LetterState.SENDING:
        _settle_interrupted(letter, waiting)
    elif not still_matters(letter):
        waiting.update(state=LetterState.USELESS)
    elif not addresses:
        waiting.update(state=LetterState.FAILED, failure=NO_ADDRESS)
    else:
        _send_message(letter, _message(letter, addresses))


def still_matters(letter: Letter) -> bool:
    """Whether it is still useful: not a reminder to who answered, nor a letter about a withdrawn convocation."""
    convened = letter.session.state == SessionState.CONVENED
    if letter.kind in CONVOCATIONS:
        return convened and letter.replaced_at is None
    if letter.kind not in (LetterKind.REMINDER, LetterKind.EVE):
        return True
    wanted = {LetterState.SENT}
    if letter.kind == LetterKind.EVE:
        wanted |= {LetterState.CONFIRMED, LetterState.FAILED}
    to_come = convened and clock.today() < letter.session.held_on
    return to_come and letter.root.replaced_at is None and letter.root.state in wanted


def _message(letter: Letter, addresses: list[str]) -> EmailMessage:
    try:
        return letter_message(letter, addresses)
    except Exception as error:
        reason = str(error) if isinstance(error, Postponed) else type(error).__name__
        _not_yet(letter, f"La lettre n’a pas pu être composée ({reason})", error)
        raise


def _send_message(letter: Letter, message: EmailMessage) -> None:
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # every error of smtplib is one
        raise _waiting(letter, NO_ANSWER) from error
    try:
        _send(letter, message, connection)
    finally:
        connection.close()


def _send(letter: Letter, message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Send the mail between two writes of the row; only the row that was claimed is written."""
    moment = _claim(letter)
    claimed = Letter.objects.filter(pk=letter.pk, sending_started_at=moment)
    message.connection = connection
    try:
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        _refused(letter, claimed, error)
    except OSError:
        claimed.update(state=_unless_answered(LetterState.FAILED), failure=_unsure(moment))
    else:
        to = joined(message.to)[:400]
        sent = _unless_answered(LetterState.SENT)
        claimed.update(state=sent, sent_at=clock.now(), sent_to=to, failure="")


def _unless_answered(state: str) -> Case:
    """This state, but for a letter that was answered while it was being sent: the answer remains."""
    return Case(When(state=LetterState.SENDING, then=Value(state)), default=F("state"))


def _claim(letter: Letter) -> datetime:
    """Mark the row as being sent, unless it changed since it was read or another worker sends it."""
    moment = clock.now()
    unchanged = Letter.objects.filter(
        pk=letter.pk, state=LetterState.TO_SEND, replaced_at=None, written_at=letter.written_at
    )
    if not unchanged.update(state=LetterState.SENDING, sending_started_at=moment):
        raise Postponed("La lettre a changé au moment de partir.")
    return moment


def _refused(
    letter: Letter,
    claimed: QuerySet,
    error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused,
) -> None:
    """The server refused: the mail did not leave. A final refusal marks it failed; another is tried again later."""
    code = _code(error)
    claimed.update(state=_unless_answered(LetterState.TO_SEND), sending_started_at=None)
    if 500 <= code < 600:
        reason = f"La messagerie refuse cette adresse ou ce message (réponse {code}) : vérifiez l’adresse."
        Letter.objects.filter(pk=letter.pk, state=LetterState.TO_SEND).update(
            state=LetterState.FAILED, failure=reason
        )
    else:
        reason = f"La messagerie refuse pour l’instant (réponse {code})"
        raise _waiting(letter, reason) from error


def _code(error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code


def _waiting(letter: Letter, reason: str) -> Postponed:
    """Write on the letter why it waits: the mail server's refusal for now is tried again for as long as it lasts."""
    Letter.objects.filter(pk=letter.pk, state=LetterState.TO_SEND).update(
        failure=f"{reason}\u00a0: {TRIED_AGAIN}"[:300]
    )
    return Postponed(f"{reason}.")


def _not_yet(letter: Letter, reason: str, error: Exception) -> bool:
    """Write why the letter waits; False once it was the last attempt: it is then marked as failed."""
    rows = Letter.objects.filter(pk=letter.pk, state=LetterState.TO_SEND)
    attempts = Work.objects.filter(task=send_letter.name, subject_id=letter.pk).values_list(
        "attempts", flat=True
    )
    blameless = isinstance(error, Postponed) or getattr(error, "errno", None) in FULL
    if max(attempts, default=0) >= MOST_ATTEMPTS and not blameless:
        rows.update(state=LetterState.FAILED, failure=f"{reason}, malgré plusieurs essais."[:300])
        return False
    rows.update(failure=f"{reason} : {TRIED_AGAIN}"[:300])
    return True


def _settle_interrupted(letter: Letter, sending: QuerySet) -> None:
    """A letter found being sent: by another worker while its lease runs, interrupted afterwards."""
    sending_started_at = letter.sending_started_at or letter.written_at
    if sending_started_at > clock.now() - LEASE:
        raise Postponed("La lettre est en cours d’envoi.")
    sending.update(state=LetterState.FAILED, failure=_unsure(sending_started_at))


def _unsure(moment: datetime) -> str:
    return (
        f"L’envoi a été interrompu le {daytime(moment)} : la lettre est peut-être partie. "
        "Demandez à la personne, ou envoyez de nouveau."
    )
