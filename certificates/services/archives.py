"""Archives of certificates: requested, followed, downloaded. The journal records who requested and who downloaded."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.text import slugify

from accounts.models import User
from certificates.enums import ArchiveKind
from certificates.models import Archive, Certificate
from certificates.tasks.archives import RETENTION, SUFFIXES, build_archive
from core import clock
from core.enums import WorkState
from core.errors import DomainError, StaleState
from core.formats import counted, number, shortdate
from core.models import Work
from core.services.journal import record, record_access
from core.services.work import schedule

SHOWN = 30
"""The latest archives of a person; the files of older ones are deleted anyway."""

NAMES: dict[str, str] = {
    ArchiveKind.FILES: "certificats",
    ArchiveKind.LABELS: "etiquettes",
    ArchiveKind.REGISTER: "registre",
}


TECHNICAL_ERROR = re.compile(r"\w+: ")
"""How a technical error begins in `Work.error` (`core.tasks`): « OSError: … ». The others are French sentences."""


@dataclass(frozen=True)
class ArchiveProgress:
    """One archive, with the work that makes it while it is not ready."""

    archive: Archive
    work: Work | None

    @property
    def is_ready(self) -> bool:
        return bool(self.archive.file)

    @property
    def is_stopped(self) -> bool:
        """Whether it needs somebody to retry it."""
        aside = self.work is None or self.work.state in (WorkState.SET_ASIDE, WorkState.DONE)
        return not self.archive.finished_at and aside

    @property
    def is_on_the_way(self) -> bool:
        """Whether it is being made, or will be at a later attempt."""
        return not self.archive.finished_at and not self.is_stopped

    @property
    def trouble(self) -> str:
        """Why it has not been made yet, for the person who requested it; technical errors are in the logs only."""
        if self.is_stopped:
            return (
                "Malgré plusieurs essais, l’archive n’a pas pu être faite. Relancez-la ; si elle s’arrête encore, "
                "prévenez la personne qui s’occupe du site."
            )
        error = self.work.error if self.work and not self.archive.finished_at else ""
        return "Le dernier essai a échoué." if TECHNICAL_ERROR.match(error) else error

    @property
    def next_try(self) -> datetime | None:
        """When it is tried again after a failure."""
        waits = self.work and self.work.state == WorkState.PENDING and self.is_on_the_way and self.trouble
        return self.work.due_at if self.work and waits else None

    @property
    def available_until(self) -> datetime | None:
        return self.archive.finished_at + RETENTION if self.archive.finished_at else None

    @property
    def size(self) -> int:
        """Bytes of a file that is ready; 0 where it has disappeared, which its download reports."""
        try:
            return self.archive.file.size
        except OSError:
            return 0

    @property
    def left_out(self) -> str:
        """The certificates left out: without a file yet, or without an address to be sent to."""
        archive = self.archive
        missing = archive.count - archive.done if archive.finished_at else 0
        if not missing:
            return ""
        if archive.kind == ArchiveKind.LABELS:
            return (
                f"{counted(missing, 'certificat')} sans étiquette : la structure n’a pas d’adresse. "
                "La dernière page les nomme."
            )
        still = counted(missing, "certificat encore en préparation,certificats encore en préparation")
        there = "il n’y est" if missing == 1 else "ils n’y sont"
        return f"{still} : {there} pas. Demandez une autre archive plus tard."

    @property
    def sentence(self) -> str:
        archive = self.archive
        nouns: dict[str, str] = {ArchiveKind.REGISTER: "ligne", ArchiveKind.LABELS: "étiquette"}
        if self.is_ready:
            return counted(archive.done, nouns.get(archive.kind, "certificat"))
        if archive.done:
            return f"{counted(archive.done, 'certificat')} sur {number(archive.count)}"
        return f"{counted(archive.count, 'certificat')} à rassembler"


@transaction.atomic
def request_archive(
    *, kind: str, batch_id: UUID | None = None, region: str = "", year: int | None = None, by: User
) -> Archive:
    """Have an archive made in the background; requested again while it is being made, it is the same one.

    Of certificates delivered together, or of a region and a year, either of which may be left out.
    Refused when it would be empty.
    """
    if batch_id and (region or year):
        raise DomainError("Choisissez une session, ou bien une région et une année : pas les deux.")
    wanted = {"kind": kind, "batch_id": batch_id, "region": region, "year": year, "asked_by": by}
    archive = Archive(**wanted, batch_name=batches().get(batch_id, "") if batch_id else "")
    archive.count = archive.certificates().count()
    if not archive.count:
        raise DomainError(f"{archive.scope} : aucun certificat à rassembler. Choisissez plus large.")
    being_made = Archive.objects.filter(**wanted, finished_at=None).first()
    if being_made:
        return being_made
    archive.save(force_insert=True)
    record(
        action="certificates.archive.asked",
        subject=archive,
        by=by,
        summary=f"Archive demandée, {archive.get_kind_display()}. {archive.scope}",
        data={"certificates": archive.count},
        topic_id=batch_id,
    )
    schedule(build_archive, archive.pk)
    return archive


def batches() -> dict[UUID, str]:
    """The certificates delivered together, by the name of their jury, the latest first."""
    rows = Certificate.objects.order_by("-jury_date", "jury_place").values_list(
        "batch_id", "jury_place", "jury_date"
    )
    return {batch: f"Jury de {place}, {shortdate(day)}" for batch, place, day in rows.distinct()}


def read_archives(user: User) -> list[ArchiveProgress]:
    """The latest archives of a person, newest first."""
    archives = list(Archive.objects.visible_to(user)[:SHOWN])
    works = Work.objects.filter(
        task=build_archive.name, subject_id__in=[row.pk for row in archives if not row.finished_at]
    )
    by_archive = {work.subject_id: work for work in works}
    return [ArchiveProgress(archive, by_archive.get(archive.pk)) for archive in archives]


@transaction.atomic
def retry_archive(*, archive: Archive, by: User) -> None:
    """Try now one that stopped, with all its attempts again."""
    archive = Archive.objects.select_for_update(of=("self",), no_key=True).get(pk=archive.pk)
    if archive.finished_at:
        raise StaleState("Cette archive est prête : il n’y a rien à relancer.")
    stopped = Work.objects.filter(task=build_archive.name, subject_id=archive.pk).exclude(
        state=WorkState.RUNNING
    )
    stopped.update(
        state=WorkState.PENDING, attempts=0, due_at=clock.now(), done_at=None, lease_until=None, error=""
    )
    record(
        action="certificates.archive.retried",
        subject=archive,
        by=by,
        summary=f"Archive relancée, {archive.get_kind_display()}. {archive.scope}",
        topic_id=archive.batch_id,
    )
    schedule(build_archive, archive.pk)


@transaction.atomic
def download_archive(*, archive: Archive, by: User) -> FieldFile:
    """The open file of an archive; the journal records the download. Refused when the file is missing or altered."""
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
    record_access(
        action="certificates.archive.downloaded",
        subject=archive,
        by=by,
        summary=f"Archive téléchargée, {archive.get_kind_display()}. {archive.scope}",
        data={"certificates": archive.done, "sha256": archive.file_sha256},
        topic_id=archive.batch_id,
    )
    return file


def download_name(archive: Archive) -> str:
    """« certificats-jury-de-sete-3-mars-2026.zip »."""
    return f"{NAMES[archive.kind]}-{slugify(archive.scope)}.{SUFFIXES[archive.kind]}"
