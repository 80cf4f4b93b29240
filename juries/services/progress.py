"""How far the certificates of a jury session are."""

from dataclasses import dataclass

from accounts.enums import WorkState
from accounts.formats import plural
from accounts.models import Work
from juries.models import Certificate, JurySession
from juries.tasks.certificates import draw_certificate


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
        return self.has_failed and self.work.state == WorkState.SET_ASIDE


@dataclass(frozen=True)
class Progress:
    lines: list[Line]

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
        many = plural(self.ready)
        return f"{self.ready} certificat{many} prêt{many} sur {self.total}"


def read_progress(session: JurySession) -> Progress:
    """The certificates of a session with their state, in two queries."""
    certificates = list(
        Certificate.objects.filter(decision__candidate__session=session).order_by("year", "sequence")
    )
    works = Work.objects.filter(
        task=draw_certificate.name,
        subject_id__in=[certificate.pk for certificate in certificates if not certificate.file],
    )
    by_subject = {work.subject_id: work for work in works}
    return Progress([Line(certificate, by_subject.get(certificate.pk)) for certificate in certificates])


def work_of(certificate: Certificate) -> Line:
    """One certificate with its work."""
    work = None
    if not certificate.file:
        work = Work.objects.filter(task=draw_certificate.name, subject_id=certificate.pk).first()
    return Line(certificate, work)
