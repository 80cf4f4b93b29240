from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accounts.models import User
from certificates.models import Certificate
from juries.enums import SessionState
from juries.models import Candidate, Decision, Letter
from juries.queries.results.follow_up import FollowUp, follow_ups
from trainees.models import Enrollment


@dataclass(frozen=True)
class Candidacy:
    """One coming before a jury: its convocation, then, once the results are out, what came of it."""

    candidate: Candidate
    convocation: UUID | None
    convocation_state: str | None
    result: Decision | None
    after: FollowUp | None


def candidacies_of(enrollment: Enrollment, user: User) -> list[Candidacy]:
    """The juries of an enrolment as far as this person may see them, newest first."""
    letters = Letter.objects.visible_to(user).in_force().exclude(content={})
    letters = letters.filter(session=OuterRef("session"), enrollment=OuterRef("enrollment"))
    rows = Candidate.objects.of_enrollments_visible_to(user).filter(enrollment=enrollment)
    candidates = list(
        rows.annotate(
            convocation=Subquery(letters.values("pk")[:1]),
            convocation_state=Subquery(letters.values("state")[:1]),
        )
        .select_related("session")
        .prefetch_related("decisions__domains__domain")
        .order_by("-session__held_on")
    )
    followed = follow_ups(candidates, user)
    return [
        Candidacy(
            candidate=candidate,
            convocation=vars(candidate)["convocation"],
            convocation_state=vars(candidate)["convocation_state"],
            result=_result_of(candidate),
            after=followed.get(candidate.pk),
        )
        for candidate in candidates
    ]


def certificates_of(enrollment: Enrollment, user: User) -> list[Certificate]:
    return list(Certificate.objects.visible_to(user).filter(enrollment=enrollment))


def _result_of(candidate: Candidate) -> Decision | None:
    if candidate.session.state != SessionState.RELEASED:
        return None
    return next((decision for decision in candidate.decisions.all() if decision.closed_at is None), None)
