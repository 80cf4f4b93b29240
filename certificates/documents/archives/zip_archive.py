"""Many certificates in one ZIP, written straight to the disk."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from certificates.models import Certificate
from core.storage import verified_content

REFUSED = re.compile(r'[<>:"/\\|?*]')
LONGEST_NAME = 100
"""Characters, so that a name unpacked in a deep folder stays under what Windows opens."""

NOTICE = "À lire.txt"
READABLE = 0o100644 << 16
"""What a file of the ZIP becomes on the disk: read by all, written by its owner."""


def write_zip(
    certificates: Iterable[Certificate],
    into: BinaryIO,
    *,
    left_out: Iterable[str] = (),
    on_progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Write the file of each certificate, checked against its SHA-256, under a unique name, dated of its issue.

    `left_out` are the numbers of those that have no file yet: a notice inside names them. `on_progress` receives
    how many are done. One file is in memory at a time. Raises `DamagedFile`.
    """
    left_out = list(left_out)
    with ZipFile(into, "w", ZIP_STORED) as bundle:
        for done, certificate in enumerate(certificates, 1):
            bundle.writestr(_entry(certificate), verified_content(certificate.file, certificate.file_sha256))
            on_progress(done)
        if left_out:
            words = "Encore en préparation, donc pas dans cette archive :\r\n"
            bundle.writestr(NOTICE, "\ufeff" + words + "\r\n".join(left_out) + "\r\n")


def file_name(certificate: Certificate) -> str:
    """« CQP-2026-000123 BENALI Samira », fit for Windows too.

    The number, which comes first, keeps it apart from any other, also where case or accents do not count. What
    a folder cannot hold or nobody sees (slashes, marks of direction) becomes a space.
    """
    name = f"{certificate.usage_name or certificate.birth_name} {certificate.first_names}"
    visible = "".join(
        " " if unicodedata.category(letter).startswith("C") else letter
        for letter in unicodedata.normalize("NFC", name)
    )
    plain = " ".join(REFUSED.sub(" ", visible).split())
    return f"{certificate.number} {plain}"[:LONGEST_NAME].rstrip(" .")


def _entry(certificate: Certificate) -> ZipInfo:
    issued = timezone.localtime(certificate.issued_at)
    entry = ZipInfo(f"{file_name(certificate)}.pdf", date_time=issued.timetuple()[:6])
    entry.external_attr = READABLE
    return entry
