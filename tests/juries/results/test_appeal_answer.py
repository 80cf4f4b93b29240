"""What the answer to an appeal does: everything that follows from a change, or nothing but a reason."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from certificates.models import Certificate
from core.errors import DomainError
from core.models import JournalEntry
from juries.enums import AppealState, LetterKind
from juries.models import Appeal, PartialAttestation
from juries.services.results import appeals
from juries.services.results.reversal import reverse_decision
from tests.juries import appeal_builders, builders, release_builders

pytestmark = pytest.mark.django_db


def test_an_upheld_appeal_changes_the_decision_and_all_that_follows():
    session = release_builders.released_partial(1)
    appeal = appeal_builders.reviewed(favourable=True, session=session)

    after = appeal_builders.uphold(appeal)

    before = appeal.decision.candidate.decisions.exclude(pk=after.pk).get()
    assert before.closed_reason.startswith("Recours accepté")
    assert Certificate.objects.valid().get().decision == after
    assert not PartialAttestation.objects.not_revoked().exists()
    first, second = release_builders.letters_to(session, LetterKind.RESULT)
    assert first.replaced_at
    assert second.content["changed"]
    assert appeal_builders.reread(appeal).state == AppealState.UPHELD


def test_an_upheld_appeal_that_changes_nothing_is_refused_and_stays_to_be_answered():
    appeal = appeal_builders.reviewed(favourable=True)
    before = appeal.decision

    with pytest.raises(DomainError, match="rien ne change"):
        appeal_builders.uphold(
            appeal,
            outcome=before.outcome,
            production_validated=False,
            interview_validated=False,
            acquired=set(),
            reason=before.reason,
            recommendation=before.recommendation,
        )

    assert appeal_builders.reread(appeal).state == AppealState.REVIEWED


@pytest.mark.parametrize("moment", ["filed", "assigned", "reviewed", "rejected", "withdrawn"])
def test_the_certifier_changes_a_released_decision_through_an_accepted_appeal_alone(certifier, moment):
    appeal = getattr(appeal_builders, moment)()

    with pytest.raises(DomainError, match="que par un recours accepté"):
        reverse_decision(
            appeal=appeal,
            **appeal_builders.CERTIFIED,
            acquired=builders.all_domains(),
            closed_reason="Erreur",
            by=certifier,
        )


def test_a_rejected_appeal_is_answered_with_its_reason_and_changes_nothing():
    appeal = appeal_builders.rejected()

    (letter,) = release_builders.letters_to(appeal.decision.candidate.session, LetterKind.APPEAL)
    assert letter.content["reason"] == "La relecture confirme."
    assert appeal.decision.candidate.decisions.in_force().get() == appeal.decision


@pytest.mark.parametrize("fields", [{"grounds": "Autre chose."}, {"filed_on": date(2026, 11, 3)}])
def test_what_was_contested_never_changes(fields):
    appeal = appeal_builders.filed()

    with pytest.raises(DatabaseError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**fields)


def test_each_step_is_a_line_of_the_journal():
    appeal = appeal_builders.rejected()

    actions = JournalEntry.objects.about(appeal.decision.candidate.session_id).values_list(
        "action", flat=True
    )
    wanted = {"filed", "assigned", "reviewed", "rejected"}
    assert {f"juries.appeal.{step}" for step in wanted} <= set(actions)


def test_the_reviewer_is_written_where_the_appeal_is_and_never_what_it_says(mailoutbox):
    appeal = appeal_builders.assigned()
    (letter,) = release_builders.letters_to(appeal.decision.candidate.session, LetterKind.REVIEW)

    builders.send(letter)

    (mail,) = [mail for mail in mailoutbox if "relire" in mail.subject]
    assert mail.to == [appeal.reviewer.user.email]
    assert "/recours/" in mail.body
    assert appeal_builders.GROUNDS not in mail.body


def test_whoever_is_replaced_before_the_word_left_is_not_written(certifier):
    appeal, other = appeal_builders.assigned(), release_builders.reviewer()

    appeals.assign_reviewer(appeal=appeal, reviewer=other, by=certifier)

    session = appeal.decision.candidate.session
    states = {
        letter.recipient: letter.state for letter in release_builders.letters_to(session, LetterKind.REVIEW)
    }
    assert states == {appeal.reviewer.user: "useless", other.user: "to_send"}


def test_two_appeals_of_one_session_are_each_told_to_their_reviewer(certifier):
    session = release_builders.appraised(candidates=2)
    for candidate in session.candidates.all():
        builders.refuse(candidate)
    release_builders.release(session)

    for candidate in session.candidates.all():
        appeal = appeals.file_appeal(candidate=candidate, grounds=appeal_builders.GROUNDS, by=certifier)
        appeals.assign_reviewer(appeal=appeal, reviewer=release_builders.reviewer(), by=certifier)

    assert {letter.state for letter in release_builders.letters_to(session, LetterKind.REVIEW)} == {"to_send"}
