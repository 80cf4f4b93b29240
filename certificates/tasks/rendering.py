import gc
import hashlib
import logging
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from celery.signals import worker_init
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Case, F, Value, When

from certificates.documents.rendering.guilloche import background
from certificates.documents.rendering.render import render_document
from certificates.documents.rendering.signing import load_pyhanko, sign
from certificates.enums import CertificateState
from certificates.models import Certificate, RenderingPause
from core import clock
from core.pdf import PdfUnavailable, warm_up
from core.services.journal import record
from core.storage import store_once
from core.tasks import work_task

logger = logging.getLogger(__name__)


@worker_init.connect
def load_ahead(**_: object) -> None:
    """Load in the worker, before it forks, what each child would load at its first certificate."""
    with suppress(PdfUnavailable):
        warm_up()
        background()
    load_pyhanko()
    gc.freeze()  # the children share this memory as long as none writes to it


def rendering_is_paused() -> bool:
    """Whether the certifier has paused the rendering; the pieces being done are finished."""
    return RenderingPause.objects.open().exists()


@work_task(within=timedelta(seconds=settings.RENDERING_SECONDS), is_paused=rendering_is_paused)
def render_certificate(certificate_id: UUID) -> None:
    """Give a line of the register its signed file, once.

    A certificate revoked or replaced meanwhile still gets its file and keeps its state.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.file:
        return
    content = sign(render_document(certificate), certificate=certificate)
    sha256 = hashlib.sha256(content).hexdigest()
    store_once(
        ContentFile(content),
        folder=f"certificates/{certificate.year}",
        claim=lambda name: _store(certificate, name, sha256),
    )


@transaction.atomic
def _store(certificate: Certificate, name: str, sha256: str) -> int:
    """Write the file on the row unless another worker was faster: one conditional UPDATE."""
    stored = Certificate.objects.filter(pk=certificate.pk, file="").update(
        file=name,
        file_sha256=sha256,
        issued_at=clock.now(),
        state=Case(
            When(state=CertificateState.PENDING, then=Value(CertificateState.ISSUED)), default=F("state")
        ),
    )
    if stored:
        record(
            action="certificates.certificate.issued",
            subject=certificate,
            by=None,
            summary=f"Fichier du certificat {certificate.number} prêt",
            data={"sha256": sha256},
            topic_id=certificate.enrollment_id,
        )
    return stored
