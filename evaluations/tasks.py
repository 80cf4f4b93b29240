import hashlib
from uuid import UUID

from django.core.files.base import ContentFile

from core.storage import private_storage
from core.tasks import work_task
from evaluations.documents.dossiers import photo_names, render
from evaluations.models import Dossier


@work_task
def render_dossier(dossier_id: UUID) -> None:
    """Render the PDF of a sealed dossier and store it with its SHA-256, once; a stored file is never replaced."""
    dossier = Dossier.objects.filter(pk=dossier_id, file="").first()
    if dossier is None:
        return
    pdf = render(dossier.snapshot, _photos(dossier.snapshot))
    sha256 = hashlib.sha256(pdf).hexdigest()
    name = _store_once(f"dossiers/{dossier.pk}.pdf", pdf)
    Dossier.objects.filter(pk=dossier_id, file="").update(file=name, file_sha256=sha256)


def _photos(snapshot: dict) -> dict[str, bytes]:
    photos = {}
    for name, sha256 in photo_names(snapshot).items():
        with private_storage().open(name) as file:
            photos[name] = file.read()
        if hashlib.sha256(photos[name]).hexdigest() != sha256:
            raise ValueError(f"{name} is not the photo that was sealed")
    return photos


def _store_once(name: str, content: bytes) -> str:
    """Store a file and return its name; a whole file left by a worker that died is used as it is."""
    storage = private_storage()
    if storage.exists(name):
        with storage.open(name) as file:
            if file.read() == content:
                return name
    return storage.save(name, ContentFile(content))
