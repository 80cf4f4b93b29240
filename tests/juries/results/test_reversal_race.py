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
from tests.juries import aftermath, contested, scenes
from tests.juries.concurrency import at_once, one_passed

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_appeals_at_once_are_one():
    session = aftermath.released_refusal()
    candidate, by = session.candidates.get(), aftermath.trainee_of(session)

    outcomes = at_once(*[lambda: appeals.file_appeal(candidate=candidate, grounds="Non.", by=by)] * 3)

    assert one_passed(outcomes), outcomes
    assert Appeal.objects.count() == 1


@pytest.mark.exhaustive
def test_an_appeal_accepted_and_rejected_at_once_has_one_answer():
    appeal = contested.reviewed(favourable=True)
    by = scenes.certifier()

    outcomes = at_once(
        lambda: contested.uphold(appeal, by=by),
        lambda: appeals.reject_appeal(appeal=appeal, reason="Non.", by=by),
    )

    assert one_passed(outcomes), outcomes
    upheld = contested.reread(appeal).state == AppealState.UPHELD
    assert Certificate.objects.valid().count() == int(upheld)
    assert Letter.objects.filter(kind=LetterKind.APPEAL).count() == int(not upheld)
    assert list(broken_links()) == []


@pytest.mark.exhaustive
def test_two_releases_at_once_attest_and_write_once():
    session = aftermath.appraised(release_mode=ReleaseMode.BY_CERTIFIER)
    aftermath.grant(session.candidates.get(), 1)
    minutes = scenes.close_deliberation(session=session, by=scenes.president(session).user)
    scenes.sign_all(minutes)
    session = scenes.reread(session)

    outcomes = at_once(*[lambda: release_results(session=session, by=session.planned_by)] * 3)

    assert one_passed(outcomes), outcomes
    assert PartialAttestation.objects.count() == 1
    assert Letter.objects.filter(kind=LetterKind.RESULT).count() == 1


@pytest.mark.exhaustive
def test_two_reversals_at_once_leave_one_attestation_standing():
    session = aftermath.released_partial(1)
    appeal, by = contested.accepted(aftermath.in_force(session)), scenes.certifier()
    words = {
        "reason": "Il reste des gestes.",
        "recommendation": "Un mois.",
        "closed_reason": "Erreur",
        "by": by,
    }
    acts = [
        lambda numbers=numbers: reverse_decision(
            appeal=appeal, outcome="partial", acquired=aftermath.domains(*numbers), **words
        )
        for numbers in ((1, 2), (2, 9))
    ]

    outcomes = at_once(*acts)

    assert one_passed(outcomes), outcomes
    assert PartialAttestation.objects.not_revoked().count() == 1
    assert Letter.objects.filter(kind=LetterKind.RESULT, replaced_at=None).count() == 1


@pytest.mark.exhaustive
def test_two_workers_at_once_give_an_attestation_one_file():
    attestation = aftermath.attestation_of(aftermath.released_partial(1))
    draw = draw_attestation.run.__wrapped__

    outcomes = at_once(*[lambda: draw(attestation.pk)] * 2)

    attestation.refresh_from_db()
    folder = attestation.file.storage.listdir("attestations")[1]
    assert outcomes == [None, None]
    assert folder == [attestation.file.name.removeprefix("attestations/")]
