"""Sending a letter again."""

from accounts.models import User
from core import clock
from core.errors import StaleState
from core.services.journal import record
from core.services.work import ask_again
from juries.enums import LetterState
from juries.models import Letter
from juries.tasks import send_letter


def resend_letter(letter: Letter, *, by: User, summary: str) -> None:
    """Send again a letter that the caller has locked, or at once if it waits. Refused while it is being sent."""
    if letter.state == LetterState.SENDING:
        raise StaleState("Cette lettre est en train de partir : attendez un instant.")
    if letter.state != LetterState.TO_SEND:
        letter.resends += bool(letter.sending_started_at)
        letter.state, letter.failure, letter.sending_started_at = LetterState.TO_SEND, "", None
        letter.written_at = clock.now()
        letter.save(update_fields=["state", "failure", "sending_started_at", "resends", "written_at"])
    ask_again(task=send_letter, subject_id=letter.pk)
    record(
        action="juries.letter.asked_again", subject=letter, by=by, summary=summary, topic_id=letter.session_id
    )
