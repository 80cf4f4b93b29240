import hashlib
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile


class PrivateStorage(FileSystemStorage):
    """Files without a public address: one view authorises, records and streams each of them.

    The folder is read from the settings at each use, as file fields keep one storage for the whole process.
    """

    def __init__(self, location: str | Path | None = None, **options: Any) -> None:
        super().__init__(location, **options)
        self.given_location = location

    @property
    def base_location(self) -> str:
        return str(self.given_location or settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address: stream it from a view that authorises.")


def private_storage() -> Storage:
    """The storage that file fields name."""
    return PrivateStorage()


class DamagedFile(Exception):
    """A private file is lost, or no longer has the SHA-256 of its row."""

    def __init__(self, file: FieldFile) -> None:
        super().__init__(file.name)
        self.file = file


def verified_content(file: FieldFile, sha256: str) -> bytes:
    """The content of a private file, checked against the SHA-256 of its row; raises `DamagedFile`."""
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except OSError as error:
        raise DamagedFile(file) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedFile(file)
    return content


def store_once(content: File, *, folder: str, suffix: str = "pdf", claim: Callable[[str], int]) -> None:
    """Store a file for the row that `claim(name)` writes: the file first, then the row.

    The name is opaque and new at each try, so that a worker that dies half-way leaves a file that no row knows and
    never a row with half a file. `claim` says how many rows took it; with none, because another worker was
    faster, and when anything fails, the file is deleted.
    """
    name = f"{folder}/{secrets.token_hex(16)}.{suffix}"
    rows = 0
    try:
        private_storage().save(name, content)
        rows = claim(name)
    finally:
        if not rows:
            discard_file(name)


def store_pdf(rows: QuerySet, pdf: bytes, *, folder: str) -> None:
    """Store the PDF of the one of `rows` that has no `file` yet, with its `file_sha256`; one UPDATE decides."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    waiting = rows.filter(file="")
    store_once(
        ContentFile(pdf), folder=folder, claim=lambda name: waiting.update(file=name, file_sha256=sha256)
    )


def discard_file(name: str) -> None:
    """Delete a private file that no row names; one that is already gone, or cannot be deleted, is no error."""
    with suppress(OSError):
        private_storage().delete(name)
