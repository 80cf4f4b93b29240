"""Archives of certificates: asked for, followed, taken. The journal keeps who asked and who took."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.text import slugify

from accounts import clock
from accounts.enums import WorkState
from accounts.errors import DomainError, StaleState
from accounts.formats import counted, plural
from accounts.models import User, Work
from accounts.services.journal import record
from accounts.services.work import schedule
from juries.enums import ArchiveKind
from juries.models import Archive, JurySession
from juries.tasks.archives import KEPT, SUFFIXES, gather_archive

SHOWN = 30
"""The latest archives of a person; the older ones are no longer kept anyway."""

NAMES = {
    ArchiveKind.FILES: "certificats",
    ArchiveKind.LABELS: "etiquettes",
    ArchiveKind.REGISTER: "registre",
}


@dataclass(frozen=True)
class Line:
    """One archive, with the work that makes it while it is not ready."""

    archive: Archive
    work: Work | None

    @property
    def is_ready(self) -> bool:
        return bool(self.archive.file)

    @property
    def is_on_the_way(self) -> bool:
        """It will come by itself."""
        return not self.archive.finished_at and not self.trouble

    @property
    def trouble(self) -> str:
        """Why it has not been made; a fault of our own is told by whoever reads the logs."""
        if self.archive.finished_at or self.work is None:
            return ""
        if self.work.state == WorkState.SET_ASIDE:
            return f"Malgré plusieurs essais, cela n’a pas pu être fait ({self.work.error})."
        return self.work.error

    @property
    def kept_until(self) -> datetime:
        return self.archive.finished_at + KEPT

    @property
    def size(self) -> int:
        """Bytes of a file that is ready; none where it has disappeared, which its download says."""
        try:
            return self.archive.file.size
        except OSError:
            return 0

    @property
    def missing(self) -> int:
        """Certificates that had no file yet when the archive was closed."""
        return self.archive.count - self.archive.done if self.archive.finished_at else 0

    @property
    def sentence(self) -> str:
        archive = self.archive
        if self.is_ready:
            return counted(archive.done, "ligne" if archive.kind == ArchiveKind.REGISTER else "certificat")
        if archive.kind == ArchiveKind.FILES and archive.done:
            return f"{archive.done} certificat{plural(archive.done)} rangé{plural(archive.done)} sur {archive.count}"
        return f"{counted(archive.count, 'certificat')} à rassembler"


@transaction.atomic
def ask_archive(
    *, kind: str, session: JurySession | None = None, region: str = "", year: int | None = None, by: User
) -> Archive:
    """Have an archive made in the background; the same one asked again while it is being made is that one.

    Of one session, or of a region and a year, either of which may be left out. Refused when it would be empty.
    """
    if session and (region or year):
        raise DomainError("Choisissez une session, ou bien une région et une année : pas les deux.")
    wanted = {"kind": kind, "session": session, "region": region, "year": year, "asked_by": by}
    archive = Archive(**wanted)
    archive.count = archive.certificates().count()
    if not archive.count:
        raise DomainError(f"{archive.scope} : aucun certificat à rassembler. Choisissez plus large.")
    being_made = Archive.objects.filter(**wanted, finished_at=None).first()
    if being_made:
        return being_made
    archive.save(force_insert=True)
    record(
        action="juries.archive.asked",
        subject=archive,
        by=by,
        summary=f"Archive demandée, {archive.get_kind_display()}. {archive.scope}",
        data={"certificates": archive.count},
        thread=session.pk if session else None,
    )
    schedule(gather_archive, archive.pk)
    return archive


def read_archives(user: User) -> list[Line]:
    """The latest archives of a person, newest first."""
    archives = list(Archive.objects.visible_to(user).select_related("session")[:SHOWN])
    works = Work.objects.filter(
        task=gather_archive.name, subject_id__in=[row.pk for row in archives if not row.finished_at]
    )
    by_archive = {work.subject_id: work for work in works}
    return [Line(archive, by_archive.get(archive.pk)) for archive in archives]


@transaction.atomic
def retry_archive(*, archive: Archive, by: User) -> None:
    """Try now one that stopped, with a fresh set of attempts."""
    archive = Archive.objects.select_for_update(of=("self",), no_key=True).get(pk=archive.pk)
    if archive.finished_at:
        raise StaleState("Cette archive est prête : il n’y a rien à relancer.")
    waiting = Work.objects.filter(
        task=gather_archive.name,
        subject_id=archive.pk,
        state__in=[WorkState.PENDING, WorkState.SET_ASIDE],
    )
    waiting.update(state=WorkState.PENDING, attempts=0, due_at=clock.now(), error="")
    record(
        action="juries.archive.retried",
        subject=archive,
        by=by,
        summary=f"Archive relancée, {archive.get_kind_display()}. {archive.scope}",
        thread=archive.session_id,
    )
    schedule(gather_archive, archive.pk)


@transaction.atomic
def hand_over_archive(*, archive: Archive, by: User) -> BinaryIO:
    """The open file of an archive, written in the journal as taken; never one that was altered."""
    if not archive.finished_at:
        raise DomainError("Cette archive est en préparation. Revenez dans une minute.")
    if not archive.file:
        raise DomainError("Cette archive n’est plus gardée. Demandez-la de nouveau.")
    try:
        file = archive.file.open("rb")
    except FileNotFoundError:
        raise DomainError("Le fichier de cette archive a disparu. Demandez-la de nouveau.") from None
    if hashlib.file_digest(file, "sha256").hexdigest() != archive.file_sha256:
        file.close()
        raise DomainError("Le fichier de cette archive a été modifié. Demandez-la de nouveau.")
    file.seek(0)
    record(
        action="juries.archive.downloaded",
        subject=archive,
        by=by,
        summary=f"Archive téléchargée, {archive.get_kind_display()}. {archive.scope}",
        data={"certificates": archive.done, "sha256": archive.file_sha256},
        thread=archive.session_id,
    )
    return file


def download_name(archive: Archive) -> str:
    """« certificats-jury-de-sete-3-mars-2026.zip »."""
    return f"{NAMES[archive.kind]}-{slugify(archive.scope)}.{SUFFIXES[archive.kind]}"
