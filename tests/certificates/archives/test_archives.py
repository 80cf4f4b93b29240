"""Certificates gathered in one file: asked, made in the background, taken, no longer kept."""

import hashlib
import io
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from certificates.documents.archives.zip_archive import LONGEST_NAME, file_name
from certificates.models import Archive, Certificate
from certificates.services.archives import download_archive, read_archives, request_archive, retry_archive
from certificates.services.register.lines import replace_certificate, revoke_certificate
from certificates.tasks.archives import build_archive, sweep_archives
from core import clock
from core.enums import WorkState
from core.errors import DomainError
from core.models import JournalEntry, Work
from tests.factories import JurySessionFactory
from tests.factories.register import bare_certificate, certificate_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return JurySessionFactory()


def content_of(archive: Archive) -> io.BytesIO:
    archive.refresh_from_db()
    with archive.file.open("rb") as file:
        return io.BytesIO(file.read())


def unpacked(archive: Archive) -> dict[str, bytes]:
    with ZipFile(content_of(archive)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def text_of(archive: Archive) -> list[str]:
    return [page.extract_text() for page in PdfReader(content_of(archive)).pages]


def gather(archive: Archive) -> None:
    build_archive.run.__wrapped__(archive.pk)


def test_the_certificates_of_a_session_come_in_one_zip_as_they_were_delivered(session, certifier, run_work):
    samira = certificate_of(session=session, first_names="Samira", birth_name="BENALI")
    certificate_of(session=session, first_names="Samira", birth_name="BENALI", birth_date=date(1981, 2, 3))
    certificate_of()
    run_work()
    archive = request_archive(kind="files", batch_id=session.pk, by=certifier)

    run_work()

    samira.refresh_from_db()
    files = unpacked(archive)
    assert list(files) == [f"CQP-{samira.year}-{rank:06d} BENALI Samira.pdf" for rank in (1, 2)]
    assert hashlib.sha256(files[f"{samira.number} BENALI Samira.pdf"]).hexdigest() == samira.file_sha256
    assert (archive.count, archive.done) == (2, 2)


def test_a_region_and_a_year_choose_by_the_jury_and_the_register(certifier, run_work):
    south = certificate_of(session=JurySessionFactory(region="76"), birth_name="SUD")
    certificate_of(session=JurySessionFactory(region="53"), birth_name="OUEST")
    run_work()

    archive = request_archive(kind="files", region="76", year=south.year, by=certifier)
    run_work()

    assert [name.split()[1] for name in unpacked(archive)] == ["SUD"]
    assert archive.scope == f"Occitanie, {south.year}"


def test_what_is_asked_without_any_certificate_or_of_two_places_is_refused(session, certifier):
    with pytest.raises(DomainError, match="aucun certificat"):
        request_archive(kind="files", batch_id=session.pk, by=certifier)
    with pytest.raises(DomainError, match="pas les deux"):
        request_archive(kind="files", batch_id=session.pk, region="76", by=certifier)

    assert not Archive.objects.exists()


def test_asking_twice_while_it_is_being_made_is_asking_once(session, certifier):
    certificate_of(session=session)

    first, second = (request_archive(kind="files", batch_id=session.pk, by=certifier) for _ in range(2))

    assert first == second
    assert JournalEntry.objects.filter(action="certificates.archive.asked").count() == 1


def test_making_it_twice_leaves_one_file(session, certifier, run_work, settings):
    certificate_of(session=session)
    run_work()
    archive = request_archive(kind="files", batch_id=session.pk, by=certifier)

    gather(archive)
    archive.refresh_from_db()
    name = archive.file.name
    gather(archive)

    archive.refresh_from_db()
    assert archive.file.name == name
    assert len(list(Path(settings.PRIVATE_ROOT, "archives").iterdir())) == 1


def test_those_still_being_prepared_are_named_and_counted(session, certifier, run_work):
    certificate_of(session=session)
    run_work()
    late = certificate_of(session=session)
    archive = request_archive(kind="files", batch_id=session.pk, by=certifier)

    gather(archive)

    assert late.number in unpacked(archive)["À lire.txt"].decode("utf-8-sig")
    assert "1\xa0certificat encore en préparation" in read_archives(certifier)[0].left_out


def test_those_revoked_or_replaced_stay_out(session, certifier, run_work):
    revoked, old, kept = (certificate_of(session=session) for _ in range(3))
    revoke_certificate(certificate=revoked, reason="Fraude", by=certifier)
    new = replace_certificate(certificate=old, changes={"first_names": "Inès"}, reason="Faute", by=certifier)
    run_work()
    archive = request_archive(kind="files", batch_id=session.pk, by=certifier)

    run_work()

    assert [name[:15] for name in unpacked(archive)] == [kept.number, new.number]


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"%PDF-1.7"), lambda path: path.unlink()])
def test_a_damaged_file_stops_the_archive_and_names_it_until_it_is_brought_back(
    session, certifier, run_work, damage
):
    certificate = certificate_of(session=session)
    run_work()
    certificate.refresh_from_db()
    path = Path(certificate.file.path)
    content = path.read_bytes()
    damage(path)
    archive = request_archive(kind="files", batch_id=session.pk, by=certifier)

    run_work()
    (stopped,) = read_archives(certifier)
    path.write_bytes(content)
    retry_archive(archive=archive, by=certifier)
    run_work()

    assert certificate.number in stopped.trouble
    assert "sauvegarde" in stopped.trouble
    assert read_archives(certifier)[0].is_ready


def test_a_name_fits_windows_and_stays_apart_by_its_number():
    odd = bare_certificate(first_names='Jean/"Jo" <b>:\x00', birth_name="D’AYÑ*?|.. ")
    long = bare_certificate(first_names="Anne " * 20, birth_name="LE" * 30)

    assert file_name(odd) == "CQP-2026-000001 D’AYÑ .. Jean Jo b"
    assert len(file_name(long)) <= LONGEST_NAME
    assert not file_name(long).endswith((" ", "."))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\\\CON", "A/B", "\u202eFDP.EXE", "NUL\x00", "\u200b"]
)
def test_no_name_leaves_its_folder_or_hides_what_it_is(name):
    found = file_name(bare_certificate(first_names=name, birth_name=name))

    assert found.startswith("CQP-2026-000001")
    assert not set(found) & set("/\\\\:\x00\u202e\u200b")


def test_the_register_prints_every_line_with_its_state(certifier, run_work):
    revoked, old = certificate_of(birth_name="RENDU"), certificate_of(birth_name="CORRIGE")
    revoke_certificate(certificate=revoked, reason="Fraude au dossier", by=certifier)
    new = replace_certificate(
        certificate=old, changes={"birth_name": "CORRIGÉ"}, reason="Accent", by=certifier
    )
    archive = request_archive(kind="register", by=certifier)

    run_work()

    (text,) = text_of(archive)
    assert "révoqué le" in text
    assert f"remplacé par {new.number}" in " ".join(text.split())
    assert "Fin du registre" in text
    assert all(line.number in text for line in Certificate.objects.all())


def test_taking_one_is_written_down_and_an_altered_one_is_not_given(session, certifier, run_work):
    certificate_of(session=session)
    run_work()
    archive = request_archive(kind="files", batch_id=session.pk, by=certifier)
    run_work()
    archive.refresh_from_db()

    download_archive(archive=archive, by=certifier).close()
    Path(archive.file.path).write_bytes(b"PK")

    assert JournalEntry.objects.filter(action="certificates.archive.downloaded", actor=certifier).count() == 1
    with pytest.raises(DomainError, match="modifié"):
        download_archive(archive=archive, by=certifier)


@pytest.mark.real_time  # a file says when it was written by the clock of the machine
def test_a_week_later_the_file_is_gone_and_the_line_says_so(session, certifier, run_work, settings):
    certificate_of(session=session)
    run_work()
    archive = request_archive(kind="files", batch_id=session.pk, by=certifier)
    run_work()
    stuck = request_archive(kind="labels", batch_id=session.pk, by=certifier)
    folder = Path(settings.PRIVATE_ROOT, "archives")
    Path(folder, "orphan.zip").write_bytes(b"PK")

    with clock.at(clock.now() + timedelta(days=6)):
        sweep_archives()
        kept = len(list(folder.iterdir()))
    with clock.at(clock.now() + timedelta(days=8)):
        sweep_archives()

    archive.refresh_from_db()
    assert kept == 2
    assert list(folder.iterdir()) == []
    assert not Archive.objects.filter(pk=stuck.pk).exists()
    assert not Work.objects.filter(subject_id=stuck.pk, state=WorkState.PENDING).exists()
    with pytest.raises(DomainError, match="plus gardée"):
        download_archive(archive=archive, by=certifier)
