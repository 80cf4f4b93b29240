"""The rendering of certificates paused, resumed, and tried again after failures."""

from datetime import timedelta

import pytest

from certificates.enums import CertificateState
from certificates.models import Certificate, RenderingPause
from certificates.services.rendering.pause import pause_rendering, resume_rendering
from certificates.services.rendering.progress import quarters, read_batch_progress, read_overview
from certificates.services.rendering.retries import retry_certificate, retry_set_aside
from certificates.tasks.rendering import render_certificate
from core import clock
from core.enums import WorkState
from core.errors import DomainError, StaleState
from core.models import JournalEntry, Work
from core.models.work import MOST_ATTEMPTS
from tests.factories import JurySessionFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db


def draw_all() -> None:
    render_certificate.apply(throw=True)


def set_aside(certificate: Certificate) -> None:
    work = Work.objects.filter(subject_id=certificate.pk)
    work.update(state=WorkState.SET_ASIDE, attempts=MOST_ATTEMPTS, error="ValueError: logo illisible")


def test_while_held_nothing_is_drawn_and_no_attempt_is_lost(certifier):
    certificate = certificate_of()
    pause_rendering(reason="La signature change", by=certifier)

    draw_all()
    certificate.refresh_from_db()
    held = (certificate.state, Work.objects.get(subject_id=certificate.pk).attempts)
    resume_rendering(by=certifier)
    draw_all()

    certificate.refresh_from_db()
    assert held == (CertificateState.PENDING, 0)
    assert certificate.state == CertificateState.ISSUED


def test_the_register_goes_on_while_the_drawing_is_held(certifier):
    pause_rendering(reason="La signature change", by=certifier)

    certificate = certificate_of()

    assert certificate.sequence == 1
    assert Work.objects.filter(subject_id=certificate.pk, state=WorkState.PENDING).exists()


def test_a_certificate_asked_for_again_waits_for_the_end_of_the_hold_too(certifier):
    certificate = certificate_of()
    set_aside(certificate)
    pause_rendering(reason="La signature change", by=certifier)

    retry_certificate(certificate=certificate, by=certifier)
    draw_all()

    certificate.refresh_from_db()
    assert certificate.state == CertificateState.PENDING


def test_a_hold_says_who_when_and_why_in_the_journal(certifier):
    hold = pause_rendering(reason=" La signature change ", by=certifier)
    resume_rendering(by=certifier)

    hold.refresh_from_db()
    assert (hold.reason, hold.paused_by, hold.resumed_by) == ("La signature change", certifier, certifier)
    assert list(
        JournalEntry.objects.filter(subject_id=str(hold.pk))
        .order_by("sequence")
        .values_list("action", "reason")
    ) == [("certificates.rendering.paused", "La signature change"), ("certificates.rendering.resumed", "")]


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "Dites pourquoi"), ("x" * 501, "1 de trop")])
def test_a_hold_needs_a_reason_that_fits(certifier, reason, sentence):
    with pytest.raises(DomainError, match=sentence):
        pause_rendering(reason=reason, by=certifier)

    assert not RenderingPause.objects.exists()


def test_the_drawing_is_held_once_and_resumed_once(certifier):
    pause_rendering(reason="La signature change", by=certifier)

    with pytest.raises(StaleState, match="déjà suspendue, depuis le"):
        pause_rendering(reason="Autre chose", by=certifier)
    resume_rendering(by=certifier)
    with pytest.raises(StaleState, match="n’est pas suspendue"):
        resume_rendering(by=certifier)

    assert RenderingPause.objects.count() == 1


def test_only_the_certifier_holds_resumes_and_takes_up_again(director):
    for act in (
        lambda: pause_rendering(reason="Essai", by=director),
        lambda: resume_rendering(by=director),
        lambda: retry_set_aside(by=director),
    ):
        with pytest.raises(DomainError, match="revient au certificateur"):
            act()


def test_all_that_was_set_aside_is_taken_up_again_at_once(certifier):
    session = JurySessionFactory()
    certificates = [certificate_of(session=session) for _ in range(2)]
    for certificate in certificates:
        set_aside(certificate)

    count = retry_set_aside(by=certifier)
    draw_all()

    assert count == 2
    assert {row.state for row in Certificate.objects.all()} == {CertificateState.ISSUED}
    assert JournalEntry.objects.filter(
        action="certificates.rendering.retried", summary__endswith="2\xa0certificats mis de côté"
    ).exists()
    with pytest.raises(StaleState, match="rien à relancer"):
        retry_set_aside(by=certifier)


def test_the_whole_drawing_is_counted(certifier):
    session = JurySessionFactory()
    drawn, _waiting, running, aside, failing = [certificate_of(session=session) for _ in range(5)]
    render_certificate.run.__wrapped__(drawn.pk)
    Work.objects.filter(subject_id=drawn.pk).update(state=WorkState.DONE, done_at=clock.now())
    Work.objects.filter(subject_id=running.pk).update(
        state=WorkState.RUNNING, lease_until=clock.now() + timedelta(minutes=1)
    )
    set_aside(aside)
    Work.objects.filter(subject_id=failing.pk).update(error="OSError: disque plein", attempts=1)

    overview = read_overview()

    assert (overview.waiting, overview.running, overview.aside, overview.last_hour) == (2, 1, 1, 1)
    assert [line.certificate for line in overview.failures] == [aside, failing]
    assert overview.sentence == "3\xa0certificats à faire, 1\xa0fait depuis une heure"


def test_the_time_left_follows_the_pace_since_the_drawing_began(certifier):
    session = JurySessionFactory()
    first, second, third, *_waiting = [certificate_of(session=session) for _ in range(7)]
    for seconds, drawn in ((60, first), (30, second), (0, third)):
        render_certificate.run.__wrapped__(drawn.pk)
        Work.objects.filter(subject_id=drawn.pk).update(state=WorkState.DONE, done_at=clock.now())
        Certificate.objects.filter(pk=drawn.pk).update(issued_at=clock.now() - timedelta(seconds=seconds))

    assert 2 <= read_overview().minutes_left <= 3


def test_a_piece_whose_worker_died_waits_again():
    certificate = certificate_of()
    Work.objects.filter(subject_id=certificate.pk).update(
        state=WorkState.RUNNING, lease_until=clock.now() - timedelta(seconds=1)
    )

    overview = read_overview()

    assert (overview.waiting, overview.running) == (1, 0)


def test_the_way_is_said_aloud_by_quarters(certifier):
    assert [quarters(ready, 12) for ready in (0, 2, 3, 5, 6, 11, 12)] == [0, 0, 3, 3, 6, 9, 12]
    assert (quarters(0, 1), quarters(1, 1), quarters(0, 0)) == (0, 1, 0)

    session = JurySessionFactory()
    set_aside(certificate_of(session=session))

    assert read_batch_progress(session.pk).announced == "0 certificat prêt sur 1, 1 de côté"
