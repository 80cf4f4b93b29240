"""The files of archives of certificates: built on the disk, deleted after a week."""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from certificates.documents.archives.labels import write_labels
from certificates.documents.archives.zip_archive import write_zip
from certificates.documents.register.pdf_export import PRINTED, write_register
from certificates.enums import ArchiveKind
from certificates.models import Archive
from core import clock
from core.errors import Postponed
from core.models import Work
from core.services.journal import record
from core.storage import DamagedFile, discard_file, private_storage, store_once
from core.tasks import FULL, work_task

RETENTION = timedelta(days=7)
FOLDER = "archives"
RECORD_INTERVAL = 0.5
"""Seconds between two records of the progress of a file."""

SUFFIXES: dict[str, str] = {ArchiveKind.FILES: "zip", ArchiveKind.LABELS: "pdf", ArchiveKind.REGISTER: "pdf"}


@work_task
def build_archive(archive_id: UUID) -> None:
    """Make the file of an archive, once: on the disk, then in the private files, then on the row.

    A certificate whose file is lost or altered postpones it with a sentence that names it, until the file is
    restored; a full disk, until there is room. A worker that dies leaves at most a file without a row, which the
    sweep deletes.
    """
    archive = Archive.objects.filter(pk=archive_id).first()
    if archive is None or archive.finished_at:
        return
    try:
        _build(archive)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Postponed(
            "Le disque du site est plein : l’archive se fera dès qu’il y aura de la place."
        ) from error


def _build(archive: Archive) -> None:
    with TemporaryFile(dir=settings.VAR_DIR) as made:
        count, done = _BUILDERS[archive.kind](archive, made)
        made.seek(0)
        sha256 = hashlib.file_digest(made, "sha256").hexdigest()
        made.seek(0)
        unfinished = Archive.objects.filter(pk=archive.pk, finished_at=None)

        def claim(name: str) -> int:
            return unfinished.update(
                file=name, file_sha256=sha256, finished_at=clock.now(), count=count, done=done
            )

        store_once(File(made), folder=FOLDER, suffix=SUFFIXES[archive.kind], claim=claim)


def _build_zip(archive: Archive, into: BinaryIO) -> tuple[int, int]:
    """The certificates that have a file; a notice inside names the others."""
    printed = ("number", "first_names", "birth_name", "usage_name", "issued_at", "file", "file_sha256")
    lines = list(archive.certificates().only(*printed))
    ready = [line for line in lines if line.file]
    try:
        write_zip(
            ready,
            into,
            left_out=[line.number for line in lines if not line.file],
            on_progress=_progress_recorder(archive, len(lines)),
        )
    except DamagedFile as damage:
        raise Postponed(
            f"Le fichier du certificat {damage.file.instance} a disparu ou a été modifié : l’archive s’arrête là. "
            "Remettez ce fichier depuis une sauvegarde, puis relancez-la."
        ) from damage
    return len(lines), len(ready)


def _build_labels(archive: Archive, into: BinaryIO) -> tuple[int, int]:
    """One label for each whose structure has an address; the others are listed."""
    named = ("number", "first_names", "birth_name", "usage_name")
    where = "enrollment__structure"
    placed = [f"{where}__{field}" for field in ("name", "folded", "address", "postcode", "city")]
    lines = list(archive.certificates().select_related(where).only(*named, *placed))
    return len(lines), write_labels(lines, into)


def _build_register(archive: Archive, into: BinaryIO) -> tuple[int, int]:
    lines = list(archive.certificates().select_related("replaced_by").only(*PRINTED, "replaced_by__number"))
    write_register(
        lines, into, scope=archive.scope, at=clock.now(), on_progress=_progress_recorder(archive, len(lines))
    )
    return len(lines), len(lines)


_BUILDERS: dict[str, Callable[[Archive, BinaryIO], tuple[int, int]]] = {
    ArchiveKind.FILES: _build_zip,
    ArchiveKind.LABELS: _build_labels,
    ArchiveKind.REGISTER: _build_register,
}


def _progress_recorder(archive: Archive, count: int) -> Callable[[int], None]:
    """Returns a function that records how many are done, not at each certificate: the page asks every two seconds."""
    Archive.objects.filter(pk=archive.pk).update(count=count, done=0)
    written = time.monotonic()

    def on_progress(done: int) -> None:
        nonlocal written
        if time.monotonic() - written > RECORD_INTERVAL:
            written = time.monotonic()
            Archive.objects.filter(pk=archive.pk).update(done=done)

    return on_progress


@shared_task(name="certificates.tasks.sweep_archives", ignore_result=True)
def sweep_archives() -> None:
    """Delete the files of archives ready for a week, and those without an archive.

    The row of an archive that was ready stays; one that could not be made in a week is deleted. The journal
    records both.
    """
    limit = clock.now() - RETENTION
    for archive in Archive.objects.filter(finished_at=None, asked_at__lt=limit):
        _give_up(archive)
    expired = Archive.objects.filter(finished_at__lt=limit).exclude(file="")
    for archive in expired:
        _expire(archive)
    known = set(Archive.objects.exclude(file="").values_list("file", flat=True))
    for name in _stored():
        if name not in known and private_storage().get_modified_time(name) < limit:
            discard_file(name)


@transaction.atomic
def _give_up(archive: Archive) -> None:
    if not Archive.objects.filter(pk=archive.pk, finished_at=None).delete()[0]:
        return
    Work.objects.filter(task=build_archive.name, subject_id=archive.pk).delete()
    _record(archive, "given_up", "Archive abandonnée, jamais prête en une semaine")


@transaction.atomic
def _expire(archive: Archive) -> None:
    """Clear the file of the row first, so that no row names a deleted file; the sweep then deletes it."""
    if Archive.objects.filter(pk=archive.pk, file=archive.file.name).update(file=""):
        _record(archive, "expired", "Archive effacée, prête depuis une semaine")


def _record(archive: Archive, what: str, sentence: str) -> None:
    record(
        action=f"certificates.archive.{what}",
        subject=archive,
        by=None,
        summary=f"{sentence}, {archive.get_kind_display()}. {archive.scope}",
        data={"asked_at": archive.asked_at.isoformat(), "sha256": archive.file_sha256},
        topic_id=archive.batch_id,
    )


def _stored() -> list[str]:
    try:
        return [str(PurePosixPath(FOLDER, name)) for name in private_storage().listdir(FOLDER)[1]]
    except FileNotFoundError:
        return []
