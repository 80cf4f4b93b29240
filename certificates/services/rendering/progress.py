"""How far the files of the certificates are: those delivered together, and those of the whole country."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from certificates.models import Certificate, DrawingHold
from certificates.tasks.rendering import draw_certificate
from core import clock
from core.enums import WorkState
from core.formats import counted, number, plural
from core.models import Work

MOST_LINES = 50
"""Certificates in trouble shown at once; the others are counted."""

RECENT = timedelta(minutes=5)
"""What the time left is foreseen from."""


@dataclass(frozen=True)
class Line:
    """One certificate, and the work that draws its file while it has none."""

    certificate: Certificate
    work: Work | None

    @property
    def has_failed(self) -> bool:
        return self.work is not None and bool(self.work.error) and not self.certificate.file

    @property
    def is_set_aside(self) -> bool:
        return self.work is not None and self.has_failed and self.work.state == WorkState.SET_ASIDE


@dataclass(frozen=True)
class Progress:
    """The certificates delivered together; `hold` while their drawing is suspended."""

    lines: list[Line]
    hold: DrawingHold | None = None

    @property
    def ready(self) -> int:
        return sum(bool(line.certificate.file) for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def failures(self) -> list[Line]:
        return [line for line in self.lines if line.has_failed]

    @property
    def is_settled(self) -> bool:
        """Nothing more will come by itself."""
        return all(line.certificate.file or line.is_set_aside for line in self.lines)

    @property
    def sentence(self) -> str:
        if not self.total:
            return "Aucun certificat pour cette session."
        return ready_of(self.ready, self.total)

    @property
    def announced(self) -> str:
        """What is said aloud: each quarter of the way, rather than each certificate."""
        said = ready_of(quarters(self.ready, self.total), self.total)
        aside = sum(line.is_set_aside for line in self.lines)
        return f"{said}, {aside} de côté" if aside else said


@dataclass(frozen=True)
class Drawing:
    """The drawing of certificates for the whole country, at one moment."""

    hold: DrawingHold | None
    waiting: int
    running: int
    aside: int
    last_hour: int
    minutes_left: int | None
    troubled: list[Line]
    troubled_total: int

    @property
    def left(self) -> int:
        return self.waiting + self.running

    @property
    def total(self) -> int:
        """What the bar measures: done since one hour, and still to do."""
        return self.last_hour + self.left

    @property
    def more(self) -> int:
        """How many in trouble are not shown."""
        return max(0, self.troubled_total - MOST_LINES)

    @property
    def sentence(self) -> str:
        if not self.left:
            return "Tous les certificats ont leur fichier." if not self.aside else "Plus rien n’est en route."
        said = (
            f"{counted(self.left, 'certificat')} à faire, {counted(self.last_hour, 'fait')} depuis une heure"
        )
        if self.minutes_left is not None:
            said += f". Fin dans {counted(self.minutes_left, 'minute')} environ"
        return said

    @property
    def announced(self) -> str:
        """What is said aloud: each quarter of the way."""
        if self.hold:
            return "La fabrication est suspendue."
        if not self.left:
            return self.sentence
        return ready_of(quarters(self.last_hour, self.total), self.total)


def ready_of(ready: int, total: int) -> str:
    many = plural(ready)
    return f"{number(ready)} certificat{many} prêt{many} sur {number(total)}"


def quarters(ready: int, total: int) -> int:
    """`ready` brought down to the last quarter of `total` that it has reached."""
    return total * (ready * 4 // total) // 4 if total else 0


def read_progress(batch_id: UUID) -> Progress:
    """The certificates that were delivered together, with their state, in three queries."""
    certificates = list(Certificate.objects.filter(batch_id=batch_id).order_by("year", "sequence"))
    works = Work.objects.filter(
        task=draw_certificate.name,
        subject_id__in=[certificate.pk for certificate in certificates if not certificate.file],
    )
    by_subject = {work.subject_id: work for work in works}
    lines = [Line(certificate, by_subject.get(certificate.pk)) for certificate in certificates]
    return Progress(lines, standing_hold())


def read_drawing() -> Drawing:
    """Where the drawing stands for the whole country, in six queries whatever waits."""
    now = clock.now()
    works = Work.objects.filter(task=draw_certificate.name)
    in_hands = Q(state=WorkState.RUNNING, lease_until__gt=now)
    still_to_do = Q(state__in=[WorkState.PENDING, WorkState.RUNNING])
    troubled = works.filter(Q(state=WorkState.SET_ASIDE) | (Q(state=WorkState.PENDING) & ~Q(error="")))
    counts = works.aggregate(
        left=Count("pk", filter=still_to_do),
        running=Count("pk", filter=in_hands),
        aside=Count("pk", filter=Q(state=WorkState.SET_ASIDE)),
    )
    issued = Certificate.objects.aggregate(
        hour=Count("pk", filter=Q(issued_at__gt=now - timedelta(hours=1))),
        recent=Count("pk", filter=Q(issued_at__gt=now - RECENT)),
        since=Min("issued_at", filter=Q(issued_at__gt=now - RECENT)),
    )
    hold = standing_hold()
    return Drawing(
        hold=hold,
        waiting=counts["left"] - counts["running"],
        running=counts["running"],
        aside=counts["aside"],
        last_hour=issued["hour"],
        minutes_left=None
        if hold
        else _minutes_left(counts["left"], issued["recent"], now - (issued["since"] or now)),
        troubled=_lines_of(troubled.order_by("-state", "due_at")[:MOST_LINES]),
        troubled_total=troubled.count(),
    )


def work_of(certificate: Certificate) -> Line:
    """One certificate with its work."""
    work = None
    if not certificate.file:
        work = Work.objects.filter(task=draw_certificate.name, subject_id=certificate.pk).first()
    return Line(certificate, work)


def standing_hold() -> DrawingHold | None:
    return DrawingHold.objects.open().select_related("held_by").first()


def _minutes_left(left: int, recent: int, elapsed: timedelta) -> int | None:
    """At the pace since the first of the recent files, `elapsed` ago; none while it is alone: one has no pace."""
    if not left or recent < 2:
        return None
    return max(1, ceil(left * elapsed.total_seconds() / (recent - 1) / 60))


def _lines_of(works: QuerySet[Work]) -> list[Line]:
    rows = list(works)
    certificates = Certificate.objects.in_bulk([work.subject_id for work in rows])
    return [Line(certificates[work.subject_id], work) for work in rows if work.subject_id in certificates]
