"""From the line to the file: late, twice, on a full disk, revoked meanwhile."""

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from certificates.enums import CertificateState
from certificates.models import Certificate
from certificates.services.register.downloads import download_certificate
from certificates.services.register.lines import replace_certificate, revoke_certificate
from certificates.services.rendering.retries import retry_certificate
from certificates.tasks.rendering import render_certificate
from core import clock
from core.enums import WorkState
from core.errors import DomainError, StaleState
from core.models import JournalEntry, Work
from tests.factories import JurySessionFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db


def files(settings) -> list[Path]:
    return [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


def fill_the_disk(settings) -> Path:
    """Put a file where the folder of the certificates should be: every write fails."""
    folder = Path(settings.PRIVATE_ROOT, "certificates")
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("")
    return folder


def test_a_certificate_gets_its_file_its_fingerprint_and_its_state(run_work, settings):
    certificate = certificate_of()

    run_work()

    certificate.refresh_from_db()
    content = certificate.file.read()
    certificate.file.close()
    assert certificate.state == CertificateState.ISSUED
    assert content.startswith(b"%PDF-")
    assert certificate.file_sha256 == hashlib.sha256(content).hexdigest()
    assert certificate.issued_at
    assert certificate.code not in certificate.file.name
    assert len(files(settings)) == 1


def test_doing_the_work_twice_makes_one_file(run_work, settings):
    certificate = certificate_of()
    run_work()
    first = Certificate.objects.values().get(pk=certificate.pk)
    Work.objects.update(state=WorkState.PENDING, due_at=clock.now(), done_at=None)

    run_work()

    assert Certificate.objects.values().get(pk=certificate.pk) == first
    assert len(files(settings)) == 1
    assert JournalEntry.objects.filter(action="certificates.certificate.issued").count() == 1


def test_a_full_disk_only_delays_and_the_others_go_on(run_work, settings):
    session = JurySessionFactory()
    certificates = [certificate_of(session=session) for _ in range(2)]
    folder = fill_the_disk(settings)

    run_work()
    waiting = [row.state for row in Certificate.objects.all()]
    errors = [work.error for work in Work.objects.filter(task=render_certificate.name)]
    folder.unlink()
    with clock.at(clock.now() + timedelta(minutes=1)):
        run_work()

    assert waiting == [CertificateState.PENDING] * 2
    assert all(error.startswith(("FileExistsError", "NotADirectoryError")) for error in errors)
    assert {row.state for row in Certificate.objects.all()} == {CertificateState.ISSUED}
    assert len(files(settings)) == len(certificates)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse to write more than `size` bytes in a file, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_half_way_leaves_no_half_file(settings):
    certificate = certificate_of()
    draw_now = render_certificate.run.__wrapped__

    with files_no_larger_than(10_000), pytest.raises(OSError, match="too large"):
        draw_now(certificate.pk)

    certificate.refresh_from_db()
    assert certificate.state == CertificateState.PENDING
    assert not certificate.file
    assert files(settings) == []


def test_one_poisoned_certificate_does_not_hold_the_others(run_work):
    session = JurySessionFactory()
    good, bad = certificate_of(session=session), certificate_of(session=session)
    Work.objects.filter(subject_id=bad.pk).update(subject_id="00000000-0000-0000-0000-000000000000")

    run_work()

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (CertificateState.ISSUED, CertificateState.PENDING)


def test_a_certificate_that_fell_before_its_file_gets_it_and_keeps_its_state(run_work, certifier):
    session = JurySessionFactory()
    revoked, replaced = certificate_of(session=session), certificate_of(session=session)
    revoke_certificate(certificate=revoked, reason="Fraude", by=certifier)
    new = replace_certificate(certificate=replaced, changes={"sex": "M"}, reason="Erreur", by=certifier)

    run_work()

    for row in (revoked, replaced, new):
        row.refresh_from_db()
        assert row.file
    assert (revoked.state, replaced.state, new.state) == (
        CertificateState.REVOKED,
        CertificateState.REPLACED,
        CertificateState.ISSUED,
    )


def test_a_file_set_aside_is_drawn_when_it_is_asked_for_again(run_work, certifier):
    certificate = certificate_of()
    Work.objects.update(state=WorkState.SET_ASIDE, attempts=8, error="OSError: plein")

    retry_certificate(certificate=certificate, by=certifier)
    run_work()

    certificate.refresh_from_db()
    assert certificate.state == CertificateState.ISSUED


def test_a_certificate_with_its_file_is_not_drawn_again(run_work, certifier):
    certificate = certificate_of()
    run_work()

    with pytest.raises(StaleState, match="déjà son fichier"):
        retry_certificate(certificate=certificate, by=certifier)


def test_a_file_handed_over_stands_in_the_journal(run_work, certifier):
    certificate = certificate_of()
    run_work()
    certificate.refresh_from_db()

    content = download_certificate(certificate=certificate, by=certifier)

    assert content.startswith(b"%PDF-")
    assert (
        JournalEntry.objects.filter(action="certificates.certificate.downloaded", actor=certifier).count()
        == 1
    )


@pytest.mark.parametrize("accident", ["altered", "gone"])
def test_a_file_that_is_not_as_it_was_issued_is_never_handed_over(run_work, certifier, accident):
    certificate = certificate_of()
    run_work()
    certificate.refresh_from_db()
    path = Path(certificate.file.path)
    if accident == "altered":
        path.write_bytes(path.read_bytes() + b" ")
    else:
        path.unlink()

    with pytest.raises(DomainError, match="a disparu ou a été modifié"):
        download_certificate(certificate=certificate, by=certifier)

    assert not JournalEntry.objects.filter(action="certificates.certificate.downloaded").exists()
