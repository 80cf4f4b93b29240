"""Drafts of a layout: started from a version, written, deleted."""

import re
import secrets
import unicodedata
from functools import partial
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.models import User
from certificates.documents.layouts import FIRST_VERSION, LayoutMissing, layout_of
from certificates.enums import LayoutState
from certificates.models import CertificateLayout
from certificates.permissions import can_edit_layouts
from core import clock
from core.errors import DomainError, StaleState
from core.services.journal import record
from core.storage import discard_file, private_storage

TEXTS = ("intro", "domains_heading", "closing")
IMAGES = ("logo", "signature")
FOLDER = "layouts"


class LayoutTexts(TypedDict):
    intro: str
    domains_heading: str
    closing: str


class LayoutImages(TypedDict):
    """The bytes of an image to store, empty ones to remove it, none to leave it as it is."""

    logo: bytes | None
    signature: bytes | None


@transaction.atomic
def start_draft(*, source: str, by: User) -> CertificateLayout:
    """A copy of a published version, images included, as a draft under the next version of the year."""
    refuse_but_certifier(by)
    try:
        copied = layout_of(source)
    except LayoutMissing as missing:
        raise DomainError(f"{missing} Partez d’une version publiée.") from missing
    draft = CertificateLayout(
        version=_next_version(), base=copied.base, **{name: getattr(copied, name) for name in TEXTS}
    )
    for name in IMAGES:
        if file := getattr(copied, name):
            with file.open() as content:
                setattr(draft, name, _store_image(content.read()))
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        raise StaleState(
            "Quelqu’un vient de commencer une autre maquette. Rechargez la page, puis recommencez."
        ) from error
    record(
        action="certificates.layout.started",
        subject=draft,
        by=by,
        summary=f"Maquette de certificat {draft.version} commencée, d’après la {source}",
    )
    return draft


@transaction.atomic
def write_draft(
    *,
    layout: CertificateLayout,
    intro: str,
    domains_heading: str,
    closing: str = "",
    logo: bytes | None = None,
    signature: bytes | None = None,
    by: User,
) -> CertificateLayout:
    """Write a draft. Images are cleaned bytes; None leaves the image as it is, empty bytes remove it."""
    draft = lock_draft(layout, by)
    before = {name: getattr(draft, name) for name in TEXTS}
    set_texts(draft, intro=intro, domains_heading=domains_heading, closing=closing)
    changed = [name for name in TEXTS if getattr(draft, name) != before[name]]
    for name, content in (("logo", logo), ("signature", signature)):
        old = getattr(draft, name).name
        if content is None or not (content or old):
            continue
        setattr(draft, name, _store_image(content) if content else "")
        _discard_on_commit(old)
        changed.append(name)
    if not changed:
        return draft
    draft.save(update_fields=changed)
    record(
        action="certificates.layout.written",
        subject=draft,
        by=by,
        summary=f"Maquette de certificat {draft.version} modifiée",
        data={name: getattr(draft, name) for name in changed if name in TEXTS}
        | {name: bool(getattr(draft, name)) for name in changed if name in IMAGES},
    )
    return draft


@transaction.atomic
def delete_draft(*, layout: CertificateLayout, by: User) -> None:
    """Delete a draft with its images. Refused for a published version."""
    draft = lock_draft(layout, by)
    record(
        action="certificates.layout.deleted",
        subject=draft,
        by=by,
        summary=f"Brouillon de maquette {draft.version} supprimé",
    )
    for name in IMAGES:
        _discard_on_commit(getattr(draft, name).name)
    draft.delete()


def set_texts(
    layout: CertificateLayout, *, intro: str, domains_heading: str, closing: str
) -> CertificateLayout:
    """The same layout in memory with other texts, tidied. Refused where one is missing or too long."""
    layout.intro, layout.domains_heading = _tidy(intro), _tidy(domains_heading)
    layout.closing = _tidy(closing)
    try:
        layout.clean_fields(exclude=["version", *IMAGES])
    except ValidationError as error:
        labels = {field.name: field.verbose_name for field in CertificateLayout._meta.concrete_fields}
        raise DomainError(
            " ".join(
                f"{str(labels[name]).capitalize()}\u00a0: {' '.join(words)}"
                for name, words in error.message_dict.items()
            )
        ) from error
    return layout


def lock_draft(layout: CertificateLayout, by: User) -> CertificateLayout:
    """The draft as it is now, locked until the commit; refused to others than the certifier, and once published."""
    refuse_but_certifier(by)
    if layout.version == FIRST_VERSION:
        raise StaleState(_frozen(layout))
    draft = (
        CertificateLayout.objects.select_for_update(of=("self",), no_key=True).filter(pk=layout.pk).first()
    )
    if draft is None:
        raise StaleState("Ce brouillon vient d’être supprimé. Commencez-en un autre.")
    if draft.state != LayoutState.DRAFT:
        raise StaleState(_frozen(draft))
    return draft


def refuse_but_certifier(by: User) -> None:
    if not can_edit_layouts(by):
        raise DomainError("Les maquettes de certificat reviennent au certificateur.")


def _frozen(layout: CertificateLayout) -> str:
    return (
        f"La maquette {layout.version} est publiée\u00a0: elle ne change plus. "
        "Partez d’elle pour en faire une nouvelle version."
    )


def _next_version() -> str:
    """« 2026-4 »: the year, and the rank after the last one taken in it."""
    year = clock.today().year
    taken = CertificateLayout.objects.filter(version__startswith=f"{year}-").values_list("version", flat=True)
    ranks = [
        int(match[1]) for one in (*taken, FIRST_VERSION) if (match := re.fullmatch(rf"{year}-(\d+)", one))
    ]
    return f"{year}-{max(ranks, default=0) + 1}"


def _tidy(text: str) -> str:
    """One line, one space between words; non-breaking spaces stay."""
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


def _store_image(content: bytes) -> str:
    """Store an image under a new name: deleting a draft never deletes the image of a published version."""
    return private_storage().save(f"{FOLDER}/{secrets.token_hex(16)}.png", ContentFile(content))


def _discard_on_commit(name: str) -> None:
    if name:
        transaction.on_commit(partial(discard_file, name))
