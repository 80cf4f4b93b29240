"""Archives of certificates: gathered on the disk, kept for a week."""

import hashlib
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.files.base import File

from accounts import clock
from accounts.errors import Postponed
from accounts.models import Work
from accounts.storage import private_storage
from accounts.tasks import work_task
from juries.documents.bundle import DamagedFile, write_bundle
from juries.documents.labels import draw_labels
from juries.documents.register_sheet import draw_register
from juries.enums import ArchiveKind
from juries.models import Archive

KEPT = timedelta(days=7)
FOLDER = "archives"
BETWEEN_COUNTS = 0.5
"""Seconds between two writings of how far a ZIP is."""

SUFFIXES = {ArchiveKind.FILES: "zip", ArchiveKind.LABELS: "pdf", ArchiveKind.REGISTER: "pdf"}


@work_task
def gather_archive(archive_id: UUID) -> None:
    """Make the file of an archive, once: on the disk first, in the private files next, on the row last.

    A certificate whose file is lost or altered stops it with a sentence that names it, until the file is
    brought back. A worker that dies leaves nothing but a file that no row knows, swept away later.
    """
    archive = Archive.objects.select_related("session").filter(pk=archive_id).first()
    if archive is None or archive.finished_at:
        return
    with TemporaryFile(dir=settings.VAR_DIR) as made:
        count, done = _GATHERERS[archive.kind](archive, made)
        made.seek(0)
        sha256 = hashlib.file_digest(made, "sha256").hexdigest()
        made.seek(0)
        name = f"{FOLDER}/{secrets.token_hex(16)}.{SUFFIXES[archive.kind]}"
        kept = 0
        try:
            private_storage().save(name, File(made))
            kept = Archive.objects.filter(pk=archive.pk, finished_at=None).update(
                file=name, file_sha256=sha256, finished_at=clock.now(), count=count, done=done
            )
        finally:
            if not kept:
                _throw_away(name)


def _gather_files(archive: Archive, into: BinaryIO) -> tuple[int, int]:
    """Those that have a file go in; the others are named in a notice."""
    printed = ("number", "first_names", "birth_name", "usage_name", "file", "file_sha256")
    lines = list(archive.certificates().only(*printed))
    ready = [line for line in lines if line.file]
    Archive.objects.filter(pk=archive.pk).update(count=len(lines), done=0)
    try:
        write_bundle(
            ready,
            into,
            left_out=[line.number for line in lines if not line.file],
            advanced=_now_and_then(archive),
        )
    except DamagedFile as damage:
        raise Postponed(
            f"Le fichier du certificat {damage.certificate} a disparu ou a été modifié : l’archive s’arrête là. "
            "Remettez ce fichier depuis une sauvegarde, puis relancez-la."
        ) from damage
    return len(lines), len(ready)


def _gather_labels(archive: Archive, into: BinaryIO) -> tuple[int, int]:
    lines = list(archive.certificates().select_related("decision__candidate__enrollment__structure"))
    into.write(draw_labels(lines))
    return len(lines), len(lines)


def _gather_register(archive: Archive, into: BinaryIO) -> tuple[int, int]:
    lines = list(archive.certificates().select_related("replaced_by"))
    into.write(draw_register(lines, scope=archive.scope, at=clock.now()))
    return len(lines), len(lines)


_GATHERERS = {
    ArchiveKind.FILES: _gather_files,
    ArchiveKind.LABELS: _gather_labels,
    ArchiveKind.REGISTER: _gather_register,
}


def _now_and_then(archive: Archive) -> Callable[[int], None]:
    """Write down how far it is, but not at each certificate: the page asks every two seconds."""
    written = time.monotonic()

    def advanced(done: int) -> None:
        nonlocal written
        if time.monotonic() - written > BETWEEN_COUNTS:
            written = time.monotonic()
            Archive.objects.filter(pk=archive.pk).update(done=done)

    return advanced


@shared_task(name="juries.tasks.sweep_archives", ignore_result=True)
def sweep_archives() -> None:
    """Remove the files of archives ready for a week, and those that no archive knows any more.

    The row stays and says what was asked. One that could not be made in a week is given up.
    """
    limit = clock.now() - KEPT
    given_up = Archive.objects.filter(finished_at=None, asked_at__lt=limit)
    Work.objects.filter(
        task=gather_archive.name, subject_id__in=list(given_up.values_list("pk", flat=True))
    ).delete()
    given_up.delete()
    Archive.objects.filter(finished_at__lt=limit).exclude(file="").update(file="")
    known = set(Archive.objects.exclude(file="").values_list("file", flat=True))
    for name in _stored():
        if name not in known and private_storage().get_modified_time(name) < limit:
            _throw_away(name)


def _stored() -> list[str]:
    try:
        return [str(PurePosixPath(FOLDER, name)) for name in private_storage().listdir(FOLDER)[1]]
    except FileNotFoundError:
        return []


def _throw_away(name: str) -> None:
    with suppress(OSError):
        private_storage().delete(name)
