"""Appeals at each moment of their life, made by the services themselves."""

from core import clock
from juries.enums import AppealState, Outcome
from juries.models import Appeal, Decision
from juries.services.results import appeals
from tests.factories import UserFactory
from tests.juries import builders, release_builders

CERTIFIED = {
    "outcome": Outcome.CERTIFIED,
    "production_validated": True,
    "interview_validated": True,
}
GROUNDS = "Le jury n’a pas vu mon travail du matin."


def filed(session=None) -> Appeal:
    session = session or release_builders.released_refusal()
    by = release_builders.trainee_of(session)
    return appeals.file_appeal(candidate=session.candidates.get(), grounds=GROUNDS, by=by)


def assigned(**fields) -> Appeal:
    appeal = filed(**fields)
    return appeals.assign_reviewer(
        appeal=appeal, reviewer=release_builders.reviewer(), by=builders.certifier()
    )


def reviewed(*, favourable: bool = False, **fields) -> Appeal:
    appeal = assigned(**fields)
    return appeals.give_opinion(
        appeal=appeal, opinion="Tout est au dossier.", favourable=favourable, by=appeal.reviewer.user
    )


def upheld(**fields) -> Appeal:
    appeal = reviewed(favourable=True, **fields)
    uphold(appeal)
    return reread(appeal)


def uphold(appeal: Appeal, by=None, **changes):
    draft = CERTIFIED | {"acquired": builders.all_domains()} | changes
    return appeals.uphold_appeal(
        appeal=appeal, closed_reason="Le travail du matin le montre", by=by or builders.certifier(), **draft
    )


def accepted(decision: Decision) -> Appeal:
    """An appeal accepted on this decision, in one row; what it changes is left to the caller."""
    now, by = clock.now(), UserFactory(is_certifier=True)
    return Appeal.objects.create(
        decision=decision,
        state=AppealState.UPHELD,
        grounds=GROUNDS,
        filed_on=clock.today(),
        filed_by=by,
        reviewer=release_builders.reviewer(),
        assigned_at=now,
        opinion="Tout est au dossier.",
        favourable=True,
        reviewed_at=now,
        reason="Le travail du matin le montre",
        decided_at=now,
        decided_by=by,
    )


def reread(appeal: Appeal) -> Appeal:
    return Appeal.objects.get(pk=appeal.pk)


def rejected(**fields) -> Appeal:
    appeal = reviewed(**fields)
    return appeals.reject_appeal(appeal=appeal, reason="La relecture confirme.", by=builders.certifier())


def dismissed(**fields) -> Appeal:
    appeal = filed(**fields)
    return appeals.dismiss_appeal(appeal=appeal, reason="Cela ne vise pas le jury.", by=builders.certifier())


def withdrawn(**fields) -> Appeal:
    appeal = filed(**fields)
    return appeals.withdraw_appeal(appeal=appeal, by=appeal.filed_by)
