"""The photos of an experience sheet: added to a draft, taken away from a draft."""

import uuid
from functools import partial
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.photos import reencode
from core.services.journal import record
from core.texts import whole_text
from evaluations.models import ExperienceSheet, SheetPhoto
from evaluations.models.sheets import LONGEST_CAPTION
from evaluations.services.sheets.texts import lock_sheet, refuse_unless_draft

MOST_PHOTOS = 6


def add_photo(
    *, sheet: ExperienceSheet, file: BinaryIO, size: int, caption: str = "", by: User
) -> SheetPhoto:
    """Add a re-encoded copy of a photo to a draft, at most six; `size` is that of the file sent, in bytes."""
    clean = reencode(file, size=size)
    return _keep(sheet, clean, whole_text(caption, name="La légende", most=LONGEST_CAPTION), by)


@transaction.atomic
def _keep(sheet: ExperienceSheet, clean: bytes, caption: str, by: User) -> SheetPhoto:
    sheet = lock_sheet(sheet)
    refuse_unless_draft(sheet)
    if sheet.photos.count() >= MOST_PHOTOS:
        raise DomainError(f"La fiche a déjà {MOST_PHOTOS} photos. Retirez-en une pour en mettre une autre.")
    photo = SheetPhoto(pk=uuid.uuid4(), sheet=sheet, caption=caption)
    photo.image.save(f"{photo.pk}.jpg", ContentFile(clean), save=False)
    photo.save(force_insert=True)
    _record(sheet, by, "photo_added", "photo ajoutée à")
    return photo


@transaction.atomic
def remove_photo(*, photo: SheetPhoto, by: User) -> None:
    """Take a photo away from a draft; its file goes once that is committed."""
    sheet = lock_sheet(photo.sheet)
    refuse_unless_draft(sheet)
    row = sheet.photos.filter(pk=photo.pk).first()
    if row is None:
        return
    transaction.on_commit(partial(row.image.storage.delete, str(row.image.name)))
    row.delete()
    _record(sheet, by, "photo_removed", "photo retirée de")


def _record(sheet: ExperienceSheet, by: User, act: str, words: str) -> None:
    record(
        action=f"evaluations.sheet.{act}",
        subject=sheet,
        by=by,
        summary=f"{sheet.enrollment.trainee} : {words} la fiche « {sheet.title} »",
        topic_id=sheet.enrollment_id,
    )
