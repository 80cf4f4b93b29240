"""The drawing of certificates held back, resumed, and taken up again after failures."""

from datetime import timedelta

import pytest

from certificates.enums import CertificateState
from certificates.models import Certificate, DrawingHold
from certificates.services.rendering.pause import hold_drawing, resume_drawing
from certificates.services.rendering.progress import quarters, read_drawing, read_progress
from certificates.services.rendering.retries import retry_certificate, retry_set_aside
from certificates.tasks.rendering import draw_certificate
from core import clock
from core.enums import WorkState
from core.errors import DomainError, StaleState
from core.models import JournalEntry, Work
from core.models.work import MOST_ATTEMPTS
from tests.factories import JurySessionFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db


def draw_all() -> None:
    draw_certificate.apply(throw=True)


def set_aside(certificate: Certificate) -> None:
    work = Work.objects.filter(subject_id=certificate.pk)
    work.update(state=WorkState.SET_ASIDE, attempts=MOST_ATTEMPTS, error="ValueError: logo illisible")


def test_while_held_nothing_is_drawn_and_no_attempt_is_lost(certifier):
    certificate = certificate_of()
    hold_drawing(reason="La signature change", by=certifier)

    draw_all()
    certificate.refresh_from_db()
    held = (certificate.state, Work.objects.get(subject_id=certificate.pk).attempts)
    resume_drawing(by=certifier)
    draw_all()

    certificate.refresh_from_db()
    assert held == (CertificateState.PENDING, 0)
    assert certificate.state == CertificateState.ISSUED


def test_the_register_goes_on_while_the_drawing_is_held(certifier):
    hold_drawing(reason="La signature change", by=certifier)

    certificate = certificate_of()

    assert certificate.sequence == 1
    assert Work.objects.filter(subject_id=certificate.pk, state=WorkState.PENDING).exists()


def test_a_certificate_asked_for_again_waits_for_the_end_of_the_hold_too(certifier):
    certificate = certificate_of()
    set_aside(certificate)
    hold_drawing(reason="La signature change", by=certifier)

    retry_certificate(certificate=certificate, by=certifier)
    draw_all()

    certificate.refresh_from_db()
    assert certificate.state == CertificateState.PENDING


def test_a_hold_says_who_when_and_why_in_the_journal(certifier):
    hold = hold_drawing(reason=" La signature change ", by=certifier)
    resume_drawing(by=certifier)

    hold.refresh_from_db()
    assert (hold.reason, hold.held_by, hold.resumed_by) == ("La signature change", certifier, certifier)
    assert list(
        JournalEntry.objects.filter(subject_id=str(hold.pk))
        .order_by("sequence")
        .values_list("action", "reason")
    ) == [("certificates.drawing.held", "La signature change"), ("certificates.drawing.resumed", "")]


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "Dites pourquoi"), ("x" * 301, "trop long")])
def test_a_hold_needs_a_reason_that_fits(certifier, reason, sentence):
    with pytest.raises(DomainError, match=sentence):
        hold_drawing(reason=reason, by=certifier)

    assert not DrawingHold.objects.exists()


def test_the_drawing_is_held_once_and_resumed_once(certifier):
    hold_drawing(reason="La signature change", by=certifier)

    with pytest.raises(StaleState, match="déjà suspendue, depuis le"):
        hold_drawing(reason="Autre chose", by=certifier)
    resume_drawing(by=certifier)
    with pytest.raises(StaleState, match="n’est pas suspendue"):
        resume_drawing(by=certifier)

    assert DrawingHold.objects.count() == 1


def test_only_the_certifier_holds_resumes_and_takes_up_again(director):
    for act in (
        lambda: hold_drawing(reason="Essai", by=director),
        lambda: resume_drawing(by=director),
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
        action="certificates.drawing.retried", summary__endswith="2\xa0certificats mis de côté"
    ).exists()
    with pytest.raises(StaleState, match="rien à relancer"):
        retry_set_aside(by=certifier)


def test_the_whole_drawing_is_counted(certifier):
    session = JurySessionFactory()
    drawn, _waiting, running, aside, failing = [certificate_of(session=session) for _ in range(5)]
    draw_certificate.run.__wrapped__(drawn.pk)
    Work.objects.filter(subject_id=drawn.pk).update(state=WorkState.DONE, done_at=clock.now())
    Work.objects.filter(subject_id=running.pk).update(
        state=WorkState.RUNNING, lease_until=clock.now() + timedelta(minutes=1)
    )
    set_aside(aside)
    Work.objects.filter(subject_id=failing.pk).update(error="OSError: disque plein", attempts=1)

    drawing = read_drawing()

    assert (drawing.waiting, drawing.running, drawing.aside, drawing.last_hour) == (2, 1, 1, 1)
    assert [line.certificate for line in drawing.troubled] == [aside, failing]
    assert drawing.sentence == "3\xa0certificats à faire, 1\xa0fait depuis une heure"


def test_the_time_left_follows_the_pace_since_the_drawing_began(certifier):
    session = JurySessionFactory()
    first, second, third, *_waiting = [certificate_of(session=session) for _ in range(7)]
    for seconds, drawn in ((60, first), (30, second), (0, third)):
        draw_certificate.run.__wrapped__(drawn.pk)
        Work.objects.filter(subject_id=drawn.pk).update(state=WorkState.DONE, done_at=clock.now())
        Certificate.objects.filter(pk=drawn.pk).update(issued_at=clock.now() - timedelta(seconds=seconds))

    assert 2 <= read_drawing().minutes_left <= 3


def test_a_piece_whose_worker_died_waits_again():
    certificate = certificate_of()
    Work.objects.filter(subject_id=certificate.pk).update(
        state=WorkState.RUNNING, lease_until=clock.now() - timedelta(seconds=1)
    )

    drawing = read_drawing()

    assert (drawing.waiting, drawing.running) == (1, 0)


def test_the_way_is_said_aloud_by_quarters(certifier):
    assert [quarters(ready, 12) for ready in (0, 2, 3, 5, 6, 11, 12)] == [0, 0, 3, 3, 6, 9, 12]
    assert (quarters(0, 1), quarters(1, 1), quarters(0, 0)) == (0, 1, 0)

    session = JurySessionFactory()
    set_aside(certificate_of(session=session))

    assert read_progress(session.pk).announced == "0 certificat prêt sur 1, 1 de côté"
