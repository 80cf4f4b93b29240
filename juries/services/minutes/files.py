"""The PDF of the minutes, handed over as it was drawn or not at all."""

import hashlib

from django.db import transaction

from accounts.errors import DomainError
from accounts.models import User
from accounts.services.journal import record
from juries.models import Minutes

TAMPERED = (
    "Le fichier de ce procès-verbal ne correspond plus à son empreinte : il n’est pas montré. "
    "Prévenez la personne qui administre le site."
)


@transaction.atomic
def hand_over_minutes(*, minutes: Minutes, by: User) -> bytes:
    """Write in the journal that the minutes are downloaded, and give their PDF.

    Refused while it is being drawn, and when it is not what was drawn.
    """
    if not minutes.file:
        raise DomainError("Le PDF du procès-verbal est en préparation. Revenez dans une minute.")
    try:
        with minutes.file.open("rb") as file:
            pdf = file.read()
    except OSError as error:
        raise DomainError(TAMPERED) from error
    if hashlib.sha256(pdf).hexdigest() != minutes.file_sha256:
        raise DomainError(TAMPERED)
    record(
        action="juries.minutes.downloaded",
        subject=minutes.session,
        by=by,
        summary=f"{minutes.session} : procès-verbal téléchargé",
        data={"sha256": minutes.file_sha256},
        thread=minutes.session_id,
    )
    return pdf
