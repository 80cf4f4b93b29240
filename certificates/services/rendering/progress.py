"""The progress of the files of certificates: of those delivered together, and of the whole country."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from certificates.models import Certificate, RenderingPause
from certificates.tasks.rendering import render_certificate
from core import clock
from core.enums import WorkState
from core.formats import counted, number, plural
from core.models import Work

MOST_SHOWN = 50
"""Failures shown at once; the others are counted."""

RECENT = timedelta(minutes=5)
"""The period that the time left is computed from."""


@dataclass(frozen=True)
class CertificateRendering:
    """One certificate, and the work that renders its file while it has none."""

    certificate: Certificate
    work: Work | None

    @property
    def has_failed(self) -> bool:
        return self.work is not None and bool(self.work.error) and not self.certificate.file

    @property
    def is_set_aside(self) -> bool:
        return self.work is not None and self.has_failed and self.work.state == WorkState.SET_ASIDE


@dataclass(frozen=True)
class BatchProgress:
    """The certificates delivered together; `pause` while rendering is paused."""

    renderings: list[CertificateRendering]
    pause: RenderingPause | None = None

    @property
    def ready(self) -> int:
        return sum(bool(rendering.certificate.file) for rendering in self.renderings)

    @property
    def total(self) -> int:
        return len(self.renderings)

    @property
    def failures(self) -> list[CertificateRendering]:
        return [rendering for rendering in self.renderings if rendering.has_failed]

    @property
    def is_settled(self) -> bool:
        """Whether nothing more happens without somebody."""
        return all(rendering.certificate.file or rendering.is_set_aside for rendering in self.renderings)

    @property
    def sentence(self) -> str:
        if not self.total:
            return "Aucun certificat pour cette session."
        return ready_of(self.ready, self.total)

    @property
    def announced(self) -> str:
        """The text announced to screen readers: it changes at each quarter, rather than at each certificate."""
        sentence = ready_of(quarters(self.ready, self.total), self.total)
        aside = sum(rendering.is_set_aside for rendering in self.renderings)
        return f"{sentence}, {aside} de côté" if aside else sentence


@dataclass(frozen=True)
class RenderingOverview:
    """The rendering of certificates for the whole country, at one moment."""

    pause: RenderingPause | None
    waiting: int
    running: int
    aside: int
    last_hour: int
    minutes_left: int | None
    failures: list[CertificateRendering]
    failure_count: int

    @property
    def left(self) -> int:
        return self.waiting + self.running

    @property
    def total(self) -> int:
        """The maximum of the progress bar: done within the hour, and to do."""
        return self.last_hour + self.left

    @property
    def more(self) -> int:
        """How many failures are not shown."""
        return max(0, self.failure_count - MOST_SHOWN)

    @property
    def sentence(self) -> str:
        if not self.left:
            return "Tous les certificats ont leur fichier." if not self.aside else "Plus rien n’est en route."
        sentence = (
            f"{counted(self.left, 'certificat')} à faire, {counted(self.last_hour, 'fait')} depuis une heure"
        )
        if self.minutes_left is not None:
            sentence += f". Fin dans {counted(self.minutes_left, 'minute')} environ"
        return sentence

    @property
    def announced(self) -> str:
        """The text announced to screen readers: it changes at each quarter."""
        if self.pause:
            return "La fabrication est suspendue."
        if not self.left:
            return self.sentence
        return ready_of(quarters(self.last_hour, self.total), self.total)


def ready_of(ready: int, total: int) -> str:
    many = plural(ready)
    return f"{number(ready)} certificat{many} prêt{many} sur {number(total)}"


def quarters(ready: int, total: int) -> int:
    """`ready` rounded down to a quarter of `total`."""
    return total * (ready * 4 // total) // 4 if total else 0


def read_batch_progress(batch_id: UUID) -> BatchProgress:
    """The certificates that were delivered together, with their state, in three queries."""
    certificates = list(Certificate.objects.filter(batch_id=batch_id).order_by("year", "sequence"))
    works = Work.objects.filter(
        task=render_certificate.name,
        subject_id__in=[certificate.pk for certificate in certificates if not certificate.file],
    )
    by_subject = {work.subject_id: work for work in works}
    renderings = [
        CertificateRendering(certificate, by_subject.get(certificate.pk)) for certificate in certificates
    ]
    return BatchProgress(renderings, current_pause())


def read_overview() -> RenderingOverview:
    """The rendering of the whole country, in six queries however many wait."""
    now = clock.now()
    works = Work.objects.filter(task=render_certificate.name)
    being_done = Q(state=WorkState.RUNNING, lease_until__gt=now)
    to_do = Q(state__in=[WorkState.PENDING, WorkState.RUNNING])
    failures = works.filter(Q(state=WorkState.SET_ASIDE) | (Q(state=WorkState.PENDING) & ~Q(error="")))
    counts = works.aggregate(
        left=Count("pk", filter=to_do),
        running=Count("pk", filter=being_done),
        aside=Count("pk", filter=Q(state=WorkState.SET_ASIDE)),
    )
    issued = Certificate.objects.aggregate(
        hour=Count("pk", filter=Q(issued_at__gt=now - timedelta(hours=1))),
        recent=Count("pk", filter=Q(issued_at__gt=now - RECENT)),
        since=Min("issued_at", filter=Q(issued_at__gt=now - RECENT)),
    )
    pause = current_pause()
    return RenderingOverview(
        pause=pause,
        waiting=counts["left"] - counts["running"],
        running=counts["running"],
        aside=counts["aside"],
        last_hour=issued["hour"],
        minutes_left=None
        if pause
        else _minutes_left(counts["left"], issued["recent"], now - (issued["since"] or now)),
        failures=_renderings_of(failures.order_by("-state", "due_at")[:MOST_SHOWN]),
        failure_count=failures.count(),
    )


def rendering_of(certificate: Certificate) -> CertificateRendering:
    """One certificate with its work."""
    work = None
    if not certificate.file:
        work = Work.objects.filter(task=render_certificate.name, subject_id=certificate.pk).first()
    return CertificateRendering(certificate, work)


def current_pause() -> RenderingPause | None:
    return RenderingPause.objects.open().select_related("paused_by").first()


def _minutes_left(left: int, recent: int, elapsed: timedelta) -> int | None:
    """At the pace since the first of the recent files, `elapsed` ago; None while it is the only one."""
    if not left or recent < 2:
        return None
    return max(1, ceil(left * elapsed.total_seconds() / (recent - 1) / 60))


def _renderings_of(works: QuerySet[Work]) -> list[CertificateRendering]:
    rows = list(works)
    certificates = Certificate.objects.in_bulk([work.subject_id for work in rows])
    return [
        CertificateRendering(certificates[work.subject_id], work)
        for work in rows
        if work.subject_id in certificates
    ]
