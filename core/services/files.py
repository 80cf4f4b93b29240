"""The files that a view sends."""

from django.db.models.fields.files import FieldFile

from core.errors import DomainError
from core.storage import DamagedFile, verified_content


def sealed_content(file: FieldFile, sha256: str, *, of: str) -> bytes:
    """A file exactly as it was sealed, or a refusal that says of what it is (« de ce dossier »)."""
    try:
        return verified_content(file, sha256)
    except DamagedFile as damage:
        raise DomainError(
            f"Le fichier {of} ne correspond plus à son empreinte : il n’est pas montré. "
            "Prévenez la personne qui administre le site."
        ) from damage
