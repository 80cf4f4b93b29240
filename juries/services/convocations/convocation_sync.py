"""Brings the convocations of a session in line with the session: new ones, corrections and withdrawals."""

from collections.abc import Iterable
from datetime import timedelta

from core import clock
from core.services.work import schedule
from juries.enums import CONVOCATIONS, LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter
from juries.services.convocations.recipients import Recipient, essential_content, recipients_of
from juries.tasks import send_letter

CORRECTION_DELAY = timedelta(minutes=10)
"""How long a correction waits, so that several changes make one letter, and none if they cancel out."""


def sync_convocations(session: JurySession) -> int:
    """Write the letters that a convened session still needs; returns how many.

    A convocation for who is new, a correction where the day, the place or an hour changed, a withdrawal for who is
    no longer expected.

    The session is locked by the caller; nothing is written before it is convened nor once it is open. A letter
    that nobody can have read is corrected without another one.
    """
    if session.state != SessionState.CONVENED:
        return 0
    histories = _histories(session)
    wanted = {recipient.key: recipient for recipient in recipients_of(session)}
    new, corrections = [], []
    for key, recipient in wanted.items():
        history = histories.get(key) or ConvocationHistory(session)
        current = history.in_force
        if current is None:
            new.append(history.convene(recipient))
        elif current.kind == LetterKind.JUROR and current.state == LetterState.DECLINED:
            # A juror who declined and was given a seat again is asked again.
            new.append(history.replace(current, recipient))
        elif correction := history.correct(current, recipient):
            corrections.append(correction)
    gone = (history for key, history in histories.items() if key not in wanted)
    withdrawals = [letter for history in gone if (letter := history.drop())]
    _send([*new, *withdrawals])
    _send(corrections, after=CORRECTION_DELAY)
    return len(new) + len(withdrawals) + len(corrections)


def write_cancellations(session: JurySession) -> None:
    """Tell everybody who may have read a convocation that the session is cancelled; stop the other letters."""
    letters = [
        history.take_back(history.in_force, LetterKind.CANCELLED)
        for history in _histories(session).values()
        if history.in_force
    ]
    _send([letter for letter in letters if letter])


class ConvocationHistory:
    """All the convocations of one person to one session, with their withdrawals."""

    def __init__(self, session: JurySession, rows: Iterable[Letter] = ()) -> None:
        self.session = session
        self.rows = list(rows)
        self.in_force = next((row for row in self.rows if row.is_in_force), None)

    @property
    def next_number(self) -> int:
        return max((row.number for row in self.rows), default=-1) + 1

    @property
    def last_read(self) -> Letter | None:
        """The last convocation that the person may have read."""
        read = [row for row in self.rows if row.kind in CONVOCATIONS and not row.never_left]
        read = [row for row in read if row.state != LetterState.USELESS]
        return max(read, key=lambda row: row.number, default=None)

    def convene(self, recipient: Recipient) -> Letter:
        return Letter(
            session=self.session,
            kind=recipient.kind,
            recipient_id=recipient.recipient_id,
            enrollment_id=recipient.enrollment_id,
            structure_id=recipient.structure_id,
            content=recipient.content,
            number=self.next_number,
        )

    def replace(self, row: Letter, recipient: Recipient) -> Letter:
        self._close(row)
        return self.convene(recipient)

    def correct(self, row: Letter, recipient: Recipient) -> Letter | None:
        """Another letter if `row`, in force, may have been read and is no longer correct."""
        kind = recipient.kind
        if not row.content or (row.never_left and row.content == recipient.content):
            self._update(row, recipient)
            return None
        if essential_content(kind, row.content) == essential_content(kind, recipient.content):
            return None
        if not row.never_left:
            return self.replace(row, recipient)
        before = self.last_read
        if before and essential_content(kind, before.content) == essential_content(kind, recipient.content):
            self._close(row, state=LetterState.USELESS)
            Letter.objects.filter(pk=before.pk).update(replaced_at=None)
        else:
            self._update(row, recipient)
        return None

    def drop(self) -> Letter | None:
        """The withdrawal for somebody no longer expected; None for who declined, or was never reached."""
        if self.in_force is None or self.in_force.state == LetterState.DECLINED:
            return None
        letter = self.take_back(self.in_force, LetterKind.DROPPED)
        self._close(self.in_force)
        return letter

    def take_back(self, row: Letter, kind: LetterKind) -> Letter | None:
        if row.never_left:
            row.state = LetterState.USELESS
            row.save(update_fields=["state"])
        if self.last_read is None:
            return None
        return Letter(
            session=self.session,
            kind=kind,
            recipient_id=row.recipient_id,
            enrollment_id=row.enrollment_id,
            structure_id=row.structure_id,
            convocation=row,
            content=row.content,
            number=self.next_number,
        )

    def _update(self, row: Letter, recipient: Recipient) -> None:
        if row.content != recipient.content:
            row.content, row.written_at = recipient.content, clock.now()
            row.save(update_fields=["content", "written_at"])

    def _close(self, row: Letter, state: str = "") -> None:
        row.replaced_at, row.state = clock.now(), state or row.state
        row.save(update_fields=["replaced_at", "state"])


def _histories(session: JurySession) -> dict[tuple, ConvocationHistory]:
    """The convocations of a session by recipient, locked, with their withdrawals."""
    rows = session.letters.select_for_update(of=("self",), no_key=True).select_related("convocation")
    kinds = (*CONVOCATIONS, LetterKind.DROPPED, LetterKind.CANCELLED)
    found: dict[tuple, list[Letter]] = {}
    for row in rows.filter(kind__in=kinds).order_by("pk"):
        found.setdefault((row.root.kind, row.person_id), []).append(row)
    return {key: ConvocationHistory(session, letters) for key, letters in found.items()}


def _send(letters: list[Letter], *, after: timedelta = timedelta()) -> None:
    Letter.objects.bulk_create(letters)
    schedule(send_letter, [letter.pk for letter in letters], after=after)
