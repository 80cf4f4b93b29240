"""Convening, saying again what changed, taking back: what each person must have been told, brought up to date."""

from collections.abc import Iterable
from datetime import timedelta

from core import clock
from core.services.work import schedule
from juries.enums import CONVOCATIONS, LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter
from juries.services.convocations.recipients import Person, essentials, people_to_tell
from juries.tasks import send_letter

QUIET = timedelta(minutes=10)
"""How long a correction waits: hours moved one after the other make one letter, and none if they come back."""


def keep_told(session: JurySession) -> int:
    """Write what a convened session owes: a convocation to who is new, a correction where the day, the place
    or an hour changed, a word to who is no longer expected. Gives how many letters it wrote.

    The session is locked by the caller; nothing is owed before it is convened nor once it is open. A letter
    that nobody can have read is put right without another one.
    """
    if session.state != SessionState.CONVENED:
        return 0
    threads = _threads(session)
    wanted = {person.key: person for person in people_to_tell(session)}
    new, corrections = [], []
    for key, person in wanted.items():
        thread = threads.get(key) or Thread(session)
        current = thread.in_force
        if current is None:
            new.append(thread.convoke(person))
        elif current.kind == LetterKind.JUROR and current.state == LetterState.DECLINED:
            # A juror who said no and was given a seat again: the answer is asked once more.
            new.append(thread.replace(current, person))
        elif correction := thread.correct(current, person):
            corrections.append(correction)
    gone = (thread for key, thread in threads.items() if key not in wanted)
    words = [word for thread in gone if (word := thread.drop())]
    _send([*new, *words])
    _send(corrections, after=QUIET)
    return len(new) + len(words) + len(corrections)


def tell_cancelled(session: JurySession) -> None:
    """Tell everybody who may have read a convocation that the session is cancelled; stop the other letters."""
    words = [
        thread.take_back(thread.in_force, LetterKind.CANCELLED)
        for thread in _threads(session).values()
        if thread.in_force
    ]
    _send([word for word in words if word])


class Thread:
    """All the convocations that one person was written for one session, with what took them back."""

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

    def convoke(self, person: Person) -> Letter:
        return Letter(
            session=self.session,
            kind=person.kind,
            recipient_id=person.recipient_id,
            enrollment_id=person.enrollment_id,
            structure_id=person.structure_id,
            said=person.said,
            number=self.next_number,
        )

    def replace(self, row: Letter, person: Person) -> Letter:
        self._close(row)
        return self.convoke(person)

    def correct(self, row: Letter, person: Person) -> Letter | None:
        """Another letter if `row`, in force, was read and no longer says what is."""
        kind = person.kind
        if not row.said or (row.never_left and row.said == person.said):
            self._say(row, person)
            return None
        if essentials(kind, row.said) == essentials(kind, person.said):
            return None
        if not row.never_left:
            return self.replace(row, person)
        before = self.last_read
        if before and essentials(kind, before.said) == essentials(kind, person.said):
            self._close(row, state=LetterState.USELESS)
            Letter.objects.filter(pk=before.pk).update(replaced_at=None)
        else:
            self._say(row, person)
        return None

    def drop(self) -> Letter | None:
        """A word to somebody no longer expected; none to who declined, or was never reached."""
        if self.in_force is None or self.in_force.state == LetterState.DECLINED:
            return None
        word = self.take_back(self.in_force, LetterKind.DROPPED)
        self._close(self.in_force)
        return word

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
            said=row.said,
            number=self.next_number,
        )

    def _say(self, row: Letter, person: Person) -> None:
        if row.said != person.said:
            row.said, row.written_at = person.said, clock.now()
            row.save(update_fields=["said", "written_at"])

    def _close(self, row: Letter, state: str = "") -> None:
        row.replaced_at, row.state = clock.now(), state or row.state
        row.save(update_fields=["replaced_at", "state"])


def _threads(session: JurySession) -> dict[tuple, Thread]:
    """The convocations of a session by person, locked, with the words that took them back."""
    rows = session.letters.select_for_update(of=("self",), no_key=True).select_related("convocation")
    kinds = (*CONVOCATIONS, LetterKind.DROPPED, LetterKind.CANCELLED)
    found: dict[tuple, list[Letter]] = {}
    for row in rows.filter(kind__in=kinds).order_by("pk"):
        found.setdefault((row.root.kind, row.person_id), []).append(row)
    return {key: Thread(session, letters) for key, letters in found.items()}


def _send(letters: list[Letter], *, after: timedelta = timedelta()) -> None:
    Letter.objects.bulk_create(letters)
    schedule(send_letter, [letter.pk for letter in letters], after=after)
