"""New attempts at files that wait or were set aside."""

from django.db import transaction

from accounts.models import User
from certificates.models import Certificate
from certificates.services.rendering.pause import refuse_others
from certificates.tasks.rendering import render_certificate
from core import clock
from core.enums import WorkState
from core.errors import StaleState
from core.formats import counted
from core.models import Work
from core.services.journal import record
from core.services.work import retry_all, schedule


@transaction.atomic
def retry_certificate(*, certificate: Certificate, by: User) -> None:
    """Render now a file that waits or was set aside, with all its attempts again."""
    certificate = Certificate.objects.select_for_update(of=("self",), no_key=True).get(pk=certificate.pk)
    if certificate.file:
        raise StaleState(f"Le certificat {certificate} a déjà son fichier : il n’y a rien à relancer.")
    waiting = Work.objects.filter(
        task=render_certificate.name,
        subject_id=certificate.pk,
        state__in=[WorkState.PENDING, WorkState.SET_ASIDE],
    )
    waiting.update(state=WorkState.PENDING, attempts=0, due_at=clock.now(), error="")
    record(
        action="certificates.certificate.retried",
        subject=certificate,
        by=by,
        summary=f"Fichier du certificat {certificate.number} relancé",
        topic_id=certificate.enrollment_id,
    )
    schedule(render_certificate, certificate.pk)


@transaction.atomic
def retry_set_aside(*, by: User) -> int:
    """Give every certificate set aside all its attempts again; returns how many. By the certifier only."""
    refuse_others(by)
    count = retry_all(task=render_certificate)
    if not count:
        raise StaleState("Aucun certificat n’est de côté : il n’y a rien à relancer.")
    record(
        action="certificates.rendering.retried",
        subject=by,
        by=by,
        summary=f"Fabrication relancée pour {counted(count, 'certificat')} mis de côté",
    )
    return count
