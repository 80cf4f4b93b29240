"""Letters: one row per person and per matter, sent once by a worker."""

from collections.abc import Iterable

from accounts.models import User
from accounts.services.work import schedule
from juries.enums import LetterKind
from juries.models import Candidate, JurySession, Letter, Seat
from juries.tasks import send_letter
from structures.enums import Role
from structures.models import Membership


def write_to_jurors(session: JurySession, seats: Iterable[Seat], kind: str = LetterKind.JUROR) -> None:
    """Owe one letter to each juror; those already written to are left in peace."""
    _write(session, kind, {seat.juror.user_id for seat in seats})


def write_to_structures(session: JurySession, candidates: Iterable[Candidate], kind: str) -> None:
    """Owe one letter to each director, today, of the candidates' structures."""
    structures = {row.enrollment.structure_id for row in candidates}
    directors = Membership.objects.current().filter(structure__in=structures, role=Role.DIRECTOR)
    _write(session, kind, set(directors.values_list("user_id", flat=True)))


def _write(session: JurySession, kind: str, recipients: set) -> None:
    known = set(session.letters.filter(kind=kind).values_list("recipient_id", flat=True))
    people = User.objects.filter(pk__in=recipients - known, is_active=True)
    letters = Letter.objects.bulk_create(
        Letter(session=session, kind=kind, recipient=person) for person in people
    )
    schedule(send_letter, [letter.pk for letter in letters])
