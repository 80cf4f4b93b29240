"""The letter that says where the results are; never what they are."""

from collections.abc import Iterable

from accounts.models import User
from core.services.work import schedule
from juries.models import Candidate, JurySession, Letter
from juries.tasks import send_letter
from structures.enums import Role
from structures.models import Membership


def write_to_structures(session: JurySession, candidates: Iterable[Candidate], kind: str) -> None:
    """Write one letter to each director, today, of the candidates' structures; once for each kind."""
    structures = {row.enrollment.structure_id for row in candidates}
    directors = Membership.objects.current().filter(structure__in=structures, role=Role.DIRECTOR)
    known = session.letters.filter(kind=kind, recipient__isnull=False).values("recipient")
    people = User.objects.filter(pk__in=directors.values("user"), is_active=True).exclude(pk__in=known)
    letters = Letter.objects.bulk_create(
        Letter(session=session, kind=kind, recipient=person) for person in people
    )
    schedule(send_letter, [letter.pk for letter in letters])
