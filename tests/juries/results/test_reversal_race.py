"""Two people at the same instant after the release: one appeal, one answer, one attestation."""

import pytest

from certificates.models import Certificate
from core.services.journal import broken_links
from juries.enums import AppealState, LetterKind, ReleaseMode
from juries.models import Appeal, Letter, PartialAttestation
from juries.services.results import appeals
from juries.services.results.release import release_results
from juries.services.results.reversal import reverse_decision
from juries.tasks import draw_attestation
from tests.juries import appeal_builders, builders, release_builders
from tests.juries.concurrency import at_once, one_passed

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_appeals_at_once_are_one():
    session = release_builders.released_refusal()
    candidate, by = session.candidates.get(), release_builders.trainee_of(session)

    outcomes = at_once(*[lambda: appeals.file_appeal(candidate=candidate, grounds="Non.", by=by)] * 3)

    assert one_passed(outcomes), outcomes
    assert Appeal.objects.count() == 1


@pytest.mark.exhaustive
def test_an_appeal_accepted_and_rejected_at_once_has_one_answer():
    appeal = appeal_builders.reviewed(favourable=True)
    by = builders.certifier()

    outcomes = at_once(
        lambda: appeal_builders.uphold(appeal, by=by),
        lambda: appeals.reject_appeal(appeal=appeal, reason="Non.", by=by),
    )

    assert one_passed(outcomes), outcomes
    upheld = appeal_builders.reread(appeal).state == AppealState.UPHELD
    assert Certificate.objects.valid().count() == int(upheld)
    assert Letter.objects.filter(kind=LetterKind.APPEAL).count() == int(not upheld)
    assert list(broken_links()) == []


@pytest.mark.exhaustive
def test_two_releases_at_once_attest_and_write_once():
    session = release_builders.appraised(release_mode=ReleaseMode.BY_CERTIFIER)
    release_builders.grant(session.candidates.get(), 1)
    minutes = builders.close_deliberation(session=session, by=builders.president(session).user)
    builders.sign_all(minutes)
    session = builders.reread(session)

    outcomes = at_once(*[lambda: release_results(session=session, by=session.planned_by)] * 3)

    assert one_passed(outcomes), outcomes
    assert PartialAttestation.objects.count() == 1
    assert Letter.objects.filter(kind=LetterKind.RESULT).count() == 1


@pytest.mark.exhaustive
def test_two_reversals_at_once_leave_one_attestation_standing():
    session = release_builders.released_partial(1)
    appeal, by = appeal_builders.accepted(release_builders.in_force(session)), builders.certifier()
    words = {
        "reason": "Il reste des gestes.",
        "recommendation": "Un mois.",
        "closed_reason": "Erreur",
        "by": by,
    }
    acts = [
        lambda numbers=numbers: reverse_decision(
            appeal=appeal, outcome="partial", acquired=release_builders.domains(*numbers), **words
        )
        for numbers in ((1, 2), (2, 9))
    ]

    outcomes = at_once(*acts)

    assert one_passed(outcomes), outcomes
    assert PartialAttestation.objects.not_revoked().count() == 1
    assert Letter.objects.filter(kind=LetterKind.RESULT, replaced_at=None).count() == 1


@pytest.mark.exhaustive
def test_two_workers_at_once_give_an_attestation_one_file():
    attestation = release_builders.attestation_of(release_builders.released_partial(1))
    draw = draw_attestation.run.__wrapped__

    outcomes = at_once(*[lambda: draw(attestation.pk)] * 2)

    attestation.refresh_from_db()
    folder = attestation.file.storage.listdir("attestations")[1]
    assert outcomes == [None, None]
    assert folder == [attestation.file.name.removeprefix("attestations/")]
