"""The decision that all jurors agree on, recorded in one act."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from juries.enums import Outcome
from juries.models import Decision, JurySession
from juries.queries.results.opinions import opinions_of
from juries.services.results.decision_drafts import domains_of
from juries.services.results.decisions import decide
from juries.services.sessions.composition import candidates_of


@transaction.atomic
def follow_unanimity(*, session: JurySession, candidates: Iterable[UUID], by: User) -> list[Decision]:
    """Certify these candidates, all or none: those on whom every juror validated both tests.

    The rules of `decide` hold for each. Anybody else is decided by hand, as what is not « certifié » wants words.
    """
    wanted = set(candidates)
    rows = [row for row in candidates_of(session) if row.pk in wanted]
    if not rows:
        raise DomainError("Aucun candidat n’est choisi : rechargez la page de la délibération.")
    for row in rows:
        if not opinions_of(row).certify_unanimously:
            raise DomainError(
                f"L’avis des jurés sur {row.enrollment.trainee} n’est pas « certifié » à l’unanimité : "
                "ouvrez sa décision."
            )
    return [
        decide(
            candidate=row,
            outcome=Outcome.CERTIFIED,
            production_validated=True,
            interview_validated=True,
            acquired=[domain.pk for domain in domains_of(row)],
            by=by,
        )
        for row in rows
    ]
